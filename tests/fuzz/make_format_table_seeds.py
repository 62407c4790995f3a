#!/usr/bin/env python3
"""Seeds for fuzz_format_table: tables as kernels make them, and some with the faults to expect.

Usage: make_format_table_seeds.py FOLDER
"""
import pathlib
import struct
import sys

HEADER = 24  # bytes of struct drm_format_modifier_blob
MODIFIER = 24  # bytes of struct drm_format_modifier

LINEAR = 0
INTEL_Y_TILED = 0x0100000000000002
AMD_DCC = 0x0200000018401B04
ARM_AFBC = 0x0800000000000071
NVIDIA_BLOCK = 0x0300000000606010
UNKNOWN = 0x7F00000000000001


def fourccs(count: int) -> list[int]:
    return [int.from_bytes(f"F{i:03}".encode(), "little") for i in range(count)]


def table(formats: list[int], rows: list[tuple[int, int, int]], **changes: int) -> bytes:
    """`rows`: bits, offset, modifier. `changes`: fields of the header that lie."""
    modifiers_at = (HEADER + 4 * len(formats) + 7) // 8 * 8
    header = {"version": 1, "flags": 0, "count_formats": len(formats), "formats_offset": HEADER,
              "count_modifiers": len(rows), "modifiers_offset": modifiers_at} | changes
    blob = struct.pack("=6I", *header.values())
    blob += b"".join(struct.pack("=I", f) for f in formats)
    blob = blob.ljust(modifiers_at, b"\0")
    return blob + b"".join(struct.pack("=QIIQ", bits, at, 0, mod) for bits, at, mod in rows)


SEEDS = {
    "one": table(fourccs(1), [(1, 0, LINEAR)]),
    "many": table(fourccs(24), [(0xFFFFFF, 0, LINEAR), (0x0F0F0F, 0, INTEL_Y_TILED),
                                (0x3, 0, AMD_DCC), (0x1, 0, ARM_AFBC), (0x7, 0, NVIDIA_BLOCK),
                                (0, 0, UNKNOWN)]),
    "over-64": table(fourccs(70), [(2**64 - 1, 0, LINEAR), (0x3F, 64, LINEAR)]),
    "beyond-the-list": table(fourccs(2), [(0xFF, 0, LINEAR), (1, 0xFFFFFFFF, LINEAR)]),
    "no-modifiers": table(fourccs(3), []),
    "version-2": table(fourccs(1), [(1, 0, LINEAR)], version=2),
    "huge-count": table(fourccs(1), [(1, 0, LINEAR)], count_formats=0x40000000),
    "huge-rows": table(fourccs(1), [(1, 0, LINEAR)], count_modifiers=0x0AAAAAAB),
    "misaligned": table(fourccs(4), [(1, 0, LINEAR)], formats_offset=HEADER + 3),
    "far-away": table(fourccs(1), [(1, 0, LINEAR)], modifiers_offset=0xFFFFFFF0),
}


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    for name, blob in SEEDS.items():
        (folder / f"{name}.bin").write_bytes(blob)


if __name__ == "__main__":
    main()
