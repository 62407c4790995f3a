#!/usr/bin/env python3
"""recording_cases.py CASE: one case of test_recording_vkms, in the guest, on VT 3 as the controlling
terminal of the session that it leads."""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

from session_guest import go_to, guards_alive, wait_for

SHOW, READ, REPLAY = os.environ["SHOW"], os.environ["READ"], os.environ.get("REPLAY")
SHM, STATE = pathlib.Path("/dev/shm"), pathlib.Path("/var/lib/drm-show")
MOVING = ("--pattern", "bounce")
SAVED = re.compile(r"; its recording: (\S+) \(drm-trace summary \1\)\.\n")
STAYS = re.compile(r"; its recording: (\S+) \(drm-trace summary \1\), until the machine is started again\.\n")


def hear_ctrl_c():
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell ignores it for what it starts in the background


class Shown:
    """drm-show; its output is in files."""
    count = 0

    def __init__(self, *arguments, environment=None, user=None, program=SHOW):
        Shown.count += 1
        self.out = pathlib.Path(f"/run/out-{Shown.count}")
        self.err = pathlib.Path(f"/run/err-{Shown.count}")
        with self.out.open("wb") as out, self.err.open("wb") as err:
            self.process = subprocess.Popen([program, *arguments], stdout=out, stderr=err, user=user, preexec_fn=hear_ctrl_c,
                                            env={**os.environ, **(environment or {})})
        wait_for(lambda: "Showing" in self.out.read_text() or self.process.poll() is not None, "a picture", 20)
        assert "Showing" in self.out.read_text(), self.err.read_text()

    def in_memory(self):
        return SHM / f"drm-record.{self.process.pid}"

    def frames(self, count):
        """Waits until so many flips are recorded."""
        wait_for(lambda: read(self.in_memory()).count(" flip ") >= count, "flips", 20)

    def end(self, number, code):
        """What was said on stderr, once the guard is gone too."""
        self.process.send_signal(number)
        assert self.process.wait(20) == code, (self.process.returncode, self.err.read_text())
        wait_for(lambda: not guards_alive(), "the guard's end", 20)
        return self.err.read_text()


def read(path, *options):
    return subprocess.run([READ, path, *options], check=True, capture_output=True, text=True, errors="replace").stdout


def recordings(folder):
    return sorted(folder.glob("drm-record.*")) if folder.is_dir() else []


def check_private(path):
    status = path.stat()
    assert status.st_mode & 0o777 == 0o600, oct(status.st_mode)


def check_told(text, pattern, folder):
    """The path that was said, of a recording that nobody else may read."""
    found = pattern.search(text)
    assert found, text
    path = pathlib.Path(found[1])
    assert path.parent == folder, path
    check_private(path)
    return path


def check_replay(path):
    """Its steps are steps of the model, with nothing missing."""
    if not REPLAY:
        return
    log = read(path, "--ring-log")
    done = subprocess.run([REPLAY], input=log, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def ends_in_order():
    for number in (signal.SIGINT, signal.SIGTERM):
        shown = Shown(*MOVING)
        check_private(shown.in_memory())
        assert shown.end(number, 0) == ""
    assert subprocess.run([SHOW, "--frames", "3"], check=False).returncode == 0
    assert subprocess.run([SHOW, "--dry-run"], check=False).returncode == 0
    assert subprocess.run([SHOW, "--output", "DP-9"], check=False, stderr=subprocess.DEVNULL).returncode == 6
    off = Shown(*MOVING, "--record", "off")
    assert not recordings(SHM)
    off.end(signal.SIGKILL, -signal.SIGKILL)
    assert "its recording" not in off.err.read_text()
    assert not recordings(SHM) and not recordings(STATE)


def crashes():
    """The most that is kept is ten; the guard's death changes nothing but who saves it: nobody."""
    for i, number in enumerate((signal.SIGKILL, signal.SIGSEGV) + 10 * (signal.SIGKILL,)):
        shown = Shown(*MOVING)
        if i < 2:
            shown.frames(5)
        path = check_told(shown.end(number, -number), SAVED, STATE)
        if i < 2:
            text = read(path)
            assert text.count(" flip ") >= 5 and "unfinished=0 lost=0 live=0" in text, text[-500:]
            check_replay(path)
        assert len(recordings(STATE)) == min(i + 1, 10), i
    assert not recordings(SHM)
    assert STATE.stat().st_mode & 0o777 == 0o700, oct(STATE.stat().st_mode)
    shown = Shown(*MOVING)
    os.kill(shown.process.pid, signal.SIGSTOP)  # so that there is no other guard
    for guard in guards_alive():
        os.kill(int(guard), signal.SIGKILL)
    shown.end(signal.SIGKILL, -signal.SIGKILL)
    check_replay(shown.in_memory())


def cannot_be_saved():
    """A folder that nobody may make, one of somebody else's, a full disk."""
    def stays(folder):
        shown = Shown(*MOVING, environment={"STATE_DIRECTORY": folder})
        path = check_told(shown.end(signal.SIGKILL, -signal.SIGKILL), STAYS, SHM)
        assert path == shown.in_memory()
        check_replay(path)
        path.unlink()
    stays("/proc/nowhere")
    others = pathlib.Path("/run/others")
    others.mkdir()
    os.chown(others, 65534, 65534)
    stays(str(others))
    full = pathlib.Path("/run/full")
    full.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", full], check=True)
    stays(str(full))
    assert not recordings(full) and not recordings(others), "half a recording"


def errors():
    shown = Shown(*MOVING, environment={"STATE_DIRECTORY": "/run/service:/run/more"})
    shown.frames(2)
    subprocess.run(["vm-remove"], check=True)
    assert shown.process.wait(20) == 9, shown.err.read_text()
    text = shown.err.read_text()
    found = re.search(r"^  Its recording: (\S+) \(drm-trace summary \1\)$", text, re.MULTILINE)
    assert found and found[1].startswith("/run/service/drm-record."), text
    check_private(pathlib.Path(found[1]))
    assert re.search(r"^error 9 \d+ .*was removed", read(found[1]), re.MULTILINE), read(found[1])[-500:]
    check_replay(found[1])
    assert not recordings(SHM)


def story():
    """Settings, outputs, frames from drawing to the screen, another VT and back, a cable."""
    shown = Shown(*MOVING, "--stats")
    shown.frames(5)
    go_to(5)
    wait_for(lambda: "\nseat 0 0\n" in read(shown.in_memory()), "the seat's leave", 10)
    go_to(3)
    wait_for(lambda: "\nseat 1 0\n" in read(shown.in_memory()), "the seat's return", 10)
    subprocess.run(["vm-plug", "1", "off"], check=True)
    wait_for(lambda: "is not connected" in read(shown.in_memory()), "the cable", 10)
    path = check_told(shown.end(signal.SIGKILL, -signal.SIGKILL), SAVED, STATE)
    text = read(path)
    command = f"setting command={SHOW} --pattern bounce --stats"
    for line in (command, "setting backend=kms", "output Virtual-1", "output Virtual-2", "ring 0",
                 "draw_begin 1", "draw_end 1", "hotplug Virtual-1 is connected"):
        assert f"{line}\n" in text, f"{line}\n{text[:2000]}"
    for pattern in (r"^setting device=/dev/dri/card0 \(vkms\)$", r"^setting version=\d", r"^setting kernel=Linux \d",
                    r"^setting output Virtual-1=\d+x\d+", r" commit slot=\d frame=\d+ cookie=\d+ flags=0x201$",
                    r" modeset slot=\d frame=1 cookie=\d+ flags=0x400$",
                    r" flip slot=\d frame=\d+ cookie=\d+ sequence=\d+ shown=\d+\.\d+$",
                    r"^hotplug Virtual-\d is not connected$"):
        assert re.search(pattern, text, re.MULTILINE), f"{pattern}\n{text[:3000]}"
    assert text.index("\nseat 0 0\n") < text.index("\nseat 1 0\n")
    check_replay(path)


def of_a_user():
    """In the user's own folder, and the user's own file."""
    os.chmod("/dev/dri/card0", 0o666)
    home = pathlib.Path("/run/home")
    home.mkdir()
    os.chown(home, 65534, 65534)
    environment = {"HOME": str(home), "XDG_STATE_HOME": ""}
    # Set-uid root, it is that user's all the same, while it is written as well.
    set_uid = shutil.copy(SHOW, "/run/show-as-root")
    os.chmod(set_uid, 0o4755)
    for program in (SHOW, set_uid):
        shown = Shown(*MOVING, environment=environment, user=65534, program=program)
        assert shown.in_memory().stat().st_uid == 65534
        path = check_told(shown.end(signal.SIGKILL, -signal.SIGKILL), SAVED, home / ".local/state/drm-show")
        assert path.stat().st_uid == 65534
        check_replay(path)
    assert not recordings(SHM) and not recordings(STATE)


def time_of_death():
    """A picture that stands still records nothing, and the clock is set meanwhile: when it died is known all the same."""
    def trace(*words):
        return subprocess.run([os.environ["TRACE"], *words], check=True, capture_output=True, text=True).stdout
    shown = Shown("--pattern", "card")
    wait_for(lambda: " flip " in read(shown.in_memory()) or " modeset " in read(shown.in_memory()), "a picture", 20)
    subprocess.run(["date", "-s", "@2000000000"], check=True, stdout=subprocess.DEVNULL)
    wait_for(lambda: '"event":"clock"' in trace("dump", "--json", str(shown.in_memory())).splitlines()[-1], "the clock", 5)
    assert trace("dump", "--clock", "wall", str(shown.in_memory())).splitlines()[-3].startswith("2033-05-18")
    time.sleep(3)
    path = check_told(shown.end(signal.SIGKILL, -signal.SIGKILL), SAVED, STATE)
    killed = time.time()
    entry, = (one for one in json.loads(trace("list", "--json")) if one["path"] == str(path))
    assert entry["end_noted"] and abs(entry["end_realtime_ns"] / 1e9 - killed) < 2, (entry, killed)
    subprocess.run(["date", "-s", "@2000010000"], check=True, stdout=subprocess.DEVNULL)
    listed = next(line for line in trace("list").splitlines() if str(path) in line)
    assert re.search(r"died \d+(\.\d+)? m?s ago, saved", listed), listed
    assert "died at 2033-05-18" in trace("summary", str(path))
    assert f"kept {path}" in trace("gc", "--older-than", "1h", "--dry-run")


def begin():
    """The guest's root is an overlay of the machine's own, which may have recordings."""
    for folder in (SHM, STATE):
        for path in recordings(folder):
            path.unlink()


if __name__ == "__main__":
    begin()
    globals()[sys.argv[1]]()
