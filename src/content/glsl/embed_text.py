#!/usr/bin/env python3
"""Writes text files as a C++ header: main_image_before.glsl becomes glsl::main_image_before.

Usage: embed_text.py OUT.hpp FILE...
"""
import pathlib
import sys


def constant(path: str) -> str:
    file = pathlib.Path(path)
    text = file.read_text(encoding="utf-8")
    return f'inline constexpr std::string_view {file.stem} = R"glsl({text})glsl";\n'


def main(output: str, *files: str) -> None:
    pathlib.Path(output).write_text(
        "// Text files as they were at build time.\n#pragma once\n\n#include <string_view>\n\n"
        "namespace drmshow::glsl {\n\n" + "\n".join(map(constant, files)) + "\n}  // namespace drmshow::glsl\n",
        encoding="utf-8",
    )


main(*sys.argv[1:])
