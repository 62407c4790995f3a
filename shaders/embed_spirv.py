#!/usr/bin/env python3
"""Writes a SPIR-V module as a C++ header: the words of mesh.vert.spv become spirv::mesh_vert."""
import pathlib
import struct
import sys

MAGIC = 0x07230203  # SPIR-V specification, 2.3
WORDS_A_LINE = 8


def main(module: str, output: str) -> None:
    data = pathlib.Path(module).read_bytes()
    if len(data) % 4 != 0 or len(data) < 20:
        sys.exit(f"{module}: is no SPIR-V module: {len(data)} bytes")
    words = struct.unpack(f"={len(data) // 4}I", data)
    if words[0] != MAGIC:
        sys.exit(f"{module}: is no SPIR-V module: starts with {words[0]:#010x}")
    name = pathlib.Path(module).name.removesuffix(".spv").replace(".", "_").replace("-", "_")
    lines = [
        "    " + ", ".join(f"{word:#010x}" for word in words[i : i + WORDS_A_LINE]) + ","
        for i in range(0, len(words), WORDS_A_LINE)
    ]
    pathlib.Path(output).write_text(
        "\n".join(
            [
                f"// {pathlib.Path(module).name}, compiled at build time.",
                "#pragma once",
                "",
                "#include <cstdint>",
                "",
                "namespace drmshow::spirv {",
                "",
                f"inline constexpr std::uint32_t {name}[] = {{",
                *lines,
                "};",
                "",
                "}  // namespace drmshow::spirv",
                "",
            ]
        ),
        encoding="utf-8",
    )


main(*sys.argv[1:])
