"""What vulkan.py compares: a cube that turns, drawn by a GPU's driver and shown by KMS itself.

Runs in the guest, in a root of Debian 13 (rivals_root.py): all have the same Mesa.
"""
import os
import pathlib
import shutil
import subprocess
from dataclasses import dataclass

SIZE = "1024x768"  # vkms' preferred mode: neither rival can choose another one
DEVICE = "/dev/dri/card0"
PLACE = pathlib.Path("/run")  # the same inside and outside of that root
COUNTER = PLACE / "flips"
CUBE = PLACE / "cube.obj"
TTY = "/dev/tty3"


@dataclass(frozen=True)
class Program:
    name: str
    command: tuple[str, ...]
    threads: tuple[str, ...] = ()  # of its own, by their names, besides its first one
    shares: bool = False  # needs dmabufs that can be written

    def process_name(self) -> str:
        return pathlib.Path(self.command[0]).name


def programs() -> list[Program]:
    ours = (str(PLACE / "drm-show"), "--no-vt", "--mode", SIZE)
    return [Program("drm-show cube", (*ours, "--model", str(CUBE)), ("draw",)),
            Program("drm-show shader", (*ours, "--shader", "gradient"), ("draw",)),
            Program("vkmark cube", ("vkmark", "--winsys", "kms", "--winsys-options", f"kms-tty={TTY}", "-s", SIZE,
                                    "-p", "fifo", "-b", "cube", "--run-forever"), shares=True),
            Program("kmscube", ("kmscube", "-D", DEVICE))]


def write_cube() -> None:
    """With a normal for each face, as the rivals' cubes have them."""
    corners = [(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]
    faces = ((1, 2, 4, 3), (5, 7, 8, 6), (1, 5, 6, 2), (3, 4, 8, 7), (1, 3, 7, 5), (2, 6, 8, 4))
    lines = [f"v {x} {y} {z}" for x, y, z in corners] + ["f " + " ".join(map(str, face)) for face in faces]
    CUBE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def prepare(root: str, show: str, shim: str) -> None:
    for name in ("dev", "proc", "sys", "run"):
        subprocess.run(["mount", "--bind", f"/{name}", f"{root}/{name}"], check=True)
    shutil.copy(show, PLACE / "drm-show")
    shutil.copy(shim, PLACE / "flip-count.so")
    write_cube()


def start(program: Program, root: str, **environment: str) -> subprocess.Popen:
    COUNTER.write_bytes(bytes(16))
    settings = {"LD_PRELOAD": str(PLACE / "flip-count.so"), "FLIP_COUNT": str(COUNTER),
                "VK_DRIVER_FILES": "/usr/share/vulkan/icd.d/lvp_icd.json", "MESA_SHADER_CACHE_DISABLE": "true",
                "LP_NUM_THREADS": "1", **({"FLIP_COUNT_SHARE": "1"} if program.shares else {}), **environment}

    # Not "chroot": it would be preloaded into, too.
    def enter() -> None:
        os.chroot(root)
        os.chdir("/")
    path = "/usr/bin:/bin"
    with (PLACE / "log").open("wb") as log:
        return subprocess.Popen(program.command, stdin=subprocess.PIPE, stdout=log, stderr=log, preexec_fn=enter,
                                env={"PATH": path, "TERM": "linux", **settings})
