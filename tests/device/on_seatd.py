#!/usr/bin/env python3
"""on_seatd.py SCENARIO HOLD_LIBSEAT: in a guest, on VT 3: runs hold-libseat as a user with seatd's
help, does to it what the scenario says, and checks what it does and what it leaves behind."""
import os
import pathlib
import signal
import subprocess
import sys
import time

from vt_ioctls import KD_GRAPHICS, KD_TEXT, VT_AUTO, active, keyboard_mode, switching, text_mode

VIDEO = 44  # the group's number in Debian
USER = 1000
SOCKET = pathlib.Path("/run/seatd.sock")
OUR_VT, OTHER_VT = 3, 2



class Console:
    """A virtual terminal, as the kernel has it."""

    def __init__(self, number: int) -> None:
        self.fd = os.open(f"/dev/tty{number}", os.O_RDWR | os.O_NOCTTY)

    def mode(self) -> int:
        return text_mode(self.fd)

    def keyboard(self) -> int:
        return keyboard_mode(self.fd)

    def switching(self) -> int:
        return switching(self.fd)

    def state(self) -> tuple[int, int, int]:
        return self.mode(), self.keyboard(), self.switching()


def shown_vt() -> int:
    with open("/dev/tty0", "rb") as console:
        return active(console)


def wait_for(what: str, condition) -> None:
    for _ in range(500):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError(f"waited in vain: {what}")


def start_seatd() -> subprocess.Popen:
    seatd = subprocess.Popen(["seatd", "-g", "video"], stderr=subprocess.DEVNULL)
    wait_for("seatd's socket", SOCKET.exists)
    return seatd


class Holder:
    """hold-libseat, with a pipe as its stdin: the terminal's keys are not for it."""

    def __init__(self, program: str, groups: list[int]) -> None:
        self.process = subprocess.Popen(
            [program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            user=USER, group=USER, extra_groups=groups, text=True,
            env=dict(os.environ, LIBSEAT_BACKEND="seatd"))

    def says(self, word: str) -> None:
        line = self.process.stdout.readline()
        assert line.startswith(word), f"{word!r} expected, not {line!r}: {self.rest()}"

    def end(self) -> int:
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.process.wait(10)

    def rest(self) -> str:
        self.process.kill()
        return self.process.stderr.read()


def screenshot(name: str) -> None:
    subprocess.run(["vm-screenshot", name], check=True)


def show(program: str) -> Holder:
    holder = Holder(program, [VIDEO])
    holder.says("Showing on seat0 (libseat)")
    return holder


def check_shown(before: tuple[int, int, int]) -> None:
    vt = Console(OUR_VT)
    assert vt.mode() == KD_GRAPHICS, vt.mode()
    assert vt.keyboard() == before[1], f"keyboard mode {vt.keyboard()}, not {before[1]}"


def check_restored(before: tuple[int, int, int]) -> None:
    """seatd, while it runs, keeps the switches of VTs that it has looked after (VT_PROCESS); what
    counts is that they are made."""
    vt = Console(OUR_VT)
    wait_for("text and keyboard", lambda: vt.state()[:2] == before[:2])
    for number in (OTHER_VT, OUR_VT):
        subprocess.run(["chvt", str(number)], check=True, timeout=10)
        assert shown_vt() == number


def picture(program: str, before: tuple[int, int, int]) -> None:
    start_seatd()
    holder = show(program)
    check_shown(before)
    screenshot("shown")
    assert holder.end() == 0
    check_restored(before)


def switched(program: str, before: tuple[int, int, int]) -> None:
    start_seatd()
    holder = show(program)
    for _ in range(20):
        subprocess.run(["chvt", str(OTHER_VT)], check=True)
        holder.says("Left")
        wait_for("the other VT", lambda: shown_vt() == OTHER_VT)
        other = Console(OTHER_VT)
        assert other.mode() == KD_TEXT
        subprocess.run(["chvt", str(OUR_VT)], check=True)
        holder.says("Back")
        check_shown(before)
    screenshot("shown")
    assert holder.end() == 0
    check_restored(before)


def killed(program: str, before: tuple[int, int, int]) -> None:
    start_seatd()
    holder = show(program)
    holder.process.kill()
    holder.process.wait()
    check_restored(before)
    assert show(program).end() == 0


def manager_killed(program: str, before: tuple[int, int, int]) -> None:
    seatd = start_seatd()
    holder = show(program)
    seatd.send_signal(signal.SIGKILL)
    code = holder.process.wait(10)
    assert code == 1, code
    text = holder.process.stderr.read()
    assert "seat0 (libseat): the seat manager has ended" in text, text
    assert Console(OUR_VT).state() == before, Console(OUR_VT).state()
    check_restored(before)


def looked_at_only(program: str, before: tuple[int, int, int]) -> None:
    """vgem comes first, has no display, and must not stay open."""
    dri = pathlib.Path("/sys/kernel/debug/dri")
    assert (dri / "0/name").read_text().startswith("vgem"), "another device comes first"
    start_seatd()
    holder = show(program)
    wait_for("vgem's closing", lambda: (dri / "0/clients").read_text().count("\n") == 1)
    assert "seatd" in (dri / "1/clients").read_text()
    assert holder.end() == 0


def refused(program: str, before: tuple[int, int, int]) -> None:
    nobody_there = Holder(program, [])
    assert nobody_there.process.wait(10) == 4
    text = nobody_there.process.stderr.read()
    assert "no seat manager gives us a seat" in text and "seatd must be running" in text, text
    start_seatd()
    stranger = Holder(program, [])
    assert stranger.process.wait(10) == 4
    text = stranger.process.stderr.read()
    assert "sudo usermod -aG video $USER" in text, text
    assert Console(OUR_VT).state() == before


if __name__ == "__main__":
    SCENARIOS = {f.__name__: f for f in (picture, switched, killed, manager_killed,
                                             looked_at_only, refused)}
    wait_for("our VT", lambda: shown_vt() == OUR_VT)
    SCENARIOS[sys.argv[1]](sys.argv[2], Console(OUR_VT).state())
