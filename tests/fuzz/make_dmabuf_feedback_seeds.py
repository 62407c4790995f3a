#!/usr/bin/env python3
"""Seeds for fuzz_dmabuf_feedback: what compositors send, and some of the lies to expect.

Usage: make_dmabuf_feedback_seeds.py FOLDER
"""
import pathlib
import struct
import sys

XRGB, ARGB = b"XR24", b"AR24"
LINEAR, INVALID, TILED = 0, 0x00FFFFFFFFFFFFFF, 0x0100000000000002
TABLE, MAIN, TARGET, FORMATS, FLAGS, TRANCHE_DONE, DONE = range(7)


def event(kind: int, payload: bytes = b"") -> bytes:
    return struct.pack("<BH", kind, len(payload)) + payload


def table(*rows: tuple[bytes, int]) -> bytes:
    return event(TABLE, b"".join(struct.pack("=4sIQ", name, 0, modifier) for name, modifier in rows))


def device(kind: int, number: int) -> bytes:
    return event(kind, struct.pack("=Q", number))


def tranche(*indices: int, target: int = 1, flags: int = 0) -> bytes:
    return (device(TARGET, target) + event(FLAGS, bytes([flags]))
            + event(FORMATS, b"".join(struct.pack("=H", i) for i in indices)) + event(TRANCHE_DONE))


TWO = table((XRGB, LINEAR), (XRGB, TILED))
SEEDS = {
    "plain": TWO + device(MAIN, 1) + tranche(0, 1) + event(DONE),
    "scanout-first": TWO + device(MAIN, 1) + tranche(1, target=2, flags=1) + tranche(0, 1) + event(DONE),
    "implicit": table((XRGB, INVALID), (ARGB, INVALID), (ARGB, LINEAR)) + device(MAIN, 1) + tranche(0, 1, 2) + event(DONE),
    "again": TWO + device(MAIN, 1) + tranche(0) + event(DONE) + device(MAIN, 2) + tranche(1) + event(DONE),
    "beyond-the-table": TWO + tranche(0, 2, 0xFFFF) + event(DONE),
    "no-table": device(MAIN, 1) + tranche(0) + event(DONE),
    "short-device": event(MAIN, b"abc") + TWO + event(TARGET) + tranche(0) + event(DONE),
    "half-an-entry": event(TABLE, b"XR24" + bytes(7)) + tranche(0) + event(DONE),
    "odd-indices": TWO + event(FORMATS, b"\0\0\1") + event(TRANCHE_DONE) + event(DONE),
    "no-end": TWO + device(MAIN, 1) + event(FORMATS, b"\0\0"),
    "many-tranches": TWO + tranche(0) * 300 + event(DONE),
    "twice-the-same": TWO + tranche(0, 0, 1, 1, 0) + event(DONE),
}


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    for name, blob in SEEDS.items():
        (folder / f"{name}.bin").write_bytes(blob)


if __name__ == "__main__":
    main()
