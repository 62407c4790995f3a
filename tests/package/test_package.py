#!/usr/bin/env python3
"""The installed library: what pkg-config says must be enough to build and run the examples, and
nothing that is not part of the public interface may be exported.

Usage: test_package.py SOURCE_ROOT BUILD_ROOT COMPILER
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE, BUILD, COMPILER = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
MAX_EXAMPLE_LINES = 100


def run(*command, **options) -> str:
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, **options)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def install(prefix: pathlib.Path) -> dict[str, str]:
    run("meson", "install", "-C", BUILD, "--no-rebuild", "--destdir", prefix)
    pc_file = next(prefix.rglob("drm-show.pc"))
    return dict(os.environ, PKG_CONFIG_PATH=str(pc_file.parent),
                PKG_CONFIG_SYSROOT_DIR=str(prefix))


def flags(environment: dict[str, str], prefix: pathlib.Path) -> list[str]:
    words = run("pkg-config", "--cflags", "--libs", "drm-show", env=environment).split()
    # libdrm is the system's and not below the prefix.
    return [word.replace(f"{prefix}/usr/include/libdrm", "/usr/include/libdrm") for word in words]


def build_example(source: pathlib.Path, folder: pathlib.Path, words: list[str]) -> pathlib.Path:
    lines = len(source.read_text(encoding="utf-8").splitlines())
    assert lines < MAX_EXAMPLE_LINES, f"{source.name} has {lines} lines"
    program = folder / source.stem
    words = [*words, f"-I{folder}", *(["-lvulkan"] if uses_vulkan(source) else [])]
    run(COMPILER, "-std=c++20", "-Wall", "-Werror", source, "-o", program, *words)
    return program


def uses_vulkan(source: pathlib.Path) -> bool:
    return "drm-show/vulkan.hpp" in source.read_text(encoding="utf-8")


def compile_shaders(folder: pathlib.Path) -> None:
    for shader in [*(SOURCE / "examples").glob("*.vert"), *(SOURCE / "examples").glob("*.frag")]:
        run("glslc", "--target-env=vulkan1.3", "-mfmt=num", "-o", folder / f"{shader.name}.inc", shader)


def check_exports(library: pathlib.Path) -> None:
    symbols = run("nm", "-DC", "--defined-only", library).splitlines()
    ours = [line.split(maxsplit=2)[2] for line in symbols if len(line.split(maxsplit=2)) == 3]
    leaked = [name for name in ours
              if not re.search(r"\bdrmshow::|\bstd::", name)]
    assert not leaked, f"exported, but not ours: {leaked[:5]}"
    for internal in ("AtomicRequest", "LegacySetter", "FlowNetwork", "assign_routes", "GpuTimeline", "Renderer"):
        found = [name for name in ours if name.startswith(f"drmshow::{internal}")]
        assert not found, f"internal, but exported: {found[:3]}"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        prefix = folder / "root"
        environment = install(prefix)
        library = next(prefix.rglob("libdrm-show.so"))
        check_exports(library)
        words = flags(environment, prefix)
        examples = sorted((SOURCE / "examples").glob("*.cpp"))
        vulkan = run("pkg-config", "--variable=vulkan", "drm-show", env=environment).strip() == "yes"
        assert vulkan == bool(list(prefix.rglob("drm-show/vulkan.hpp"))), "vulkan.hpp, but no Vulkan"
        if vulkan:
            compile_shaders(folder)
        else:
            examples = [source for source in examples if not uses_vulkan(source)]
        assert len(examples) >= 3
        programs = [build_example(source, folder, words) for source in examples]
        at_run_time = dict(os.environ, LD_LIBRARY_PATH=str(library.parent))
        run(programs[0], env=at_run_time)  # 01-list works without a device
        assert "usage:" in subprocess.run([programs[2]], env=at_run_time, capture_output=True,
                                          text=True, check=False).stderr
        for program in ("drm-show", "drm-query", "drm-trace"):
            for file in (f"bin/{program}", f"share/man/man1/{program}.1",
                         f"share/bash-completion/completions/{program}",
                         f"share/zsh/site-functions/_{program}",
                         f"share/fish/vendor_completions.d/{program}.fish"):
                assert list(prefix.rglob(file)), f"{file} is not installed"
        assert list(prefix.rglob("share/drm-query/drm-query.schema.json"))
    print(f"{len(examples)} examples built against the installed library")


if not shutil.which("pkg-config"):
    print("pkg-config is missing")
    sys.exit(77)
main()
