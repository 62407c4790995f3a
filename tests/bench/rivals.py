"""What frames.py compares, and how each program is started, ended and asked for its frames.

Runs in the guest. Each program's output is kept; what it says there about its rate is believed:
drm-show's statistics, modetest's "freq:", kmscube's "Rendered". mpv is asked through its socket.
"""
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
from dataclasses import dataclass
from typing import Callable

SIZE = (1024, 768)
RATE = 60
DEVICE = "/dev/dri/card0"
VIDEO = pathlib.Path("/run/frames.y4m")
SOCKET = "/run/frames-mpv"
MODETEST_FRAMES = 60  # between two lines "freq:"


@dataclass(frozen=True)
class Seen:
    """What a program wrote in all and while it was measured, and how long it showed its frames."""
    output: str
    meanwhile: str
    seconds: float  # measured
    shown_for: float  # in all
    frames: int  # as asked meanwhile, or 0


@dataclass(frozen=True)
class Program:
    name: str
    command: Callable[[int], list[str]]  # for so many frames, or 0: until it is ended
    rate: Callable[[Seen], float]
    ends_by_key: bool = False
    ask_frames: Callable[[], int] = lambda: 0
    lines_for: Callable[[int], int] = lambda frames: 0  # "freq:" lines to wait for

    def there(self) -> bool:
        return shutil.which(self.command(0)[0]) is not None


def show_stats(output: str) -> dict:
    return json.loads(re.search(r'^\{"schema".*$', output, re.MULTILINE).group())["outputs"][0]


def drm_show(name: str, show: str, *arguments: str) -> Program:
    def command(frames: int) -> list[str]:
        return [show, "--stats=json", *arguments, *(["--frames", str(frames)] if frames else [])]
    return Program(name, command,
                   lambda seen: show_stats(seen.output)["frames"]["shown"] / seen.shown_for)


def modetest() -> Program:
    def command(_frames: int) -> list[str]:
        return ["modetest", "-M", "vkms", "-s", f"{pipeline()}:{SIZE[0]}x{SIZE[1]}", "-v"]

    def rate(seen: Seen) -> float:
        rates = [float(found) for found in re.findall(r"freq: ([\d.]+)Hz", seen.meanwhile)]
        return len(rates) / sum(1 / rate for rate in rates)
    return Program("modetest -v", command, rate, ends_by_key=True,
                   lines_for=lambda frames: frames // MODETEST_FRAMES)


def pipeline() -> str:
    """CONNECTOR@CRTC in modetest's words."""
    if not shutil.which("modetest"):
        return ""
    listing = subprocess.run(["modetest", "-M", "vkms", "-c", "-p"], capture_output=True, text=True,
                             check=False).stdout
    connector = re.search(r"^(\d+)\s+\d+\s+connected", listing, re.MULTILINE).group(1)
    crtc = re.search(r"^CRTCs:\n.*\n(\d+)", listing, re.MULTILINE).group(1)
    return f"{connector}@{crtc}"


def kmscube(name: str, *arguments: str) -> Program:
    def rate(seen: Seen) -> float:
        reports = re.findall(r"Rendered (\d+) frames in ([\d.]+) sec", seen.output)
        (first, begin), (last, end) = reports[0], reports[-1]
        return (int(last) - int(first)) / (float(end) - float(begin))

    def command(frames: int) -> list[str]:
        count = ["-c", str(frames)] if frames else []
        return ["kmscube", *arguments, "-D", DEVICE, *count]
    return Program(name, command, rate, ends_by_key=True)


def mpv() -> Program:
    def command(frames: int) -> list[str]:
        count = [f"--frames={frames}"] if frames else []
        return ["mpv", "--no-config", "--vo=drm", f"--drm-device={DEVICE}", "--no-audio",
                "--really-quiet", "--framedrop=no", "--untimed=no",
                f"--input-ipc-server={SOCKET}", *count, str(VIDEO)]
    return Program("mpv --vo=drm", command, lambda seen: seen.frames / seen.seconds,
                   ask_frames=mpv_frames)


def mpv_frames() -> int:
    with socket.socket(socket.AF_UNIX) as channel:
        channel.connect(SOCKET)
        channel.sendall(b'{"command":["get_property","estimated-frame-number"]}\n')
        for line in channel.makefile():
            answer = json.loads(line)
            if "data" in answer:
                return int(answer["data"])
    return 0


def make_video(seconds: float) -> None:
    """A Y4M of one colour: sparse, since its frames are all zeros."""
    width, height = SIZE
    with VIDEO.open("wb") as file:
        file.write(f"YUV4MPEG2 W{width} H{height} F{RATE}:1 Ip A1:1 C420jpeg\n".encode())
        for _ in range(int(seconds * RATE)):
            file.write(b"FRAME\n")
            file.seek(width * height * 3 // 2, os.SEEK_CUR)
        file.truncate(file.tell())


def programs(show: str) -> list[Program]:
    moving = ("--pattern", "bounce")
    return [drm_show("drm-show", show, *moving),
            drm_show("drm-show mailbox", show, *moving, "--present", "mailbox"),
            modetest(), kmscube("kmscube -A", "-A"), kmscube("kmscube"), mpv()]
