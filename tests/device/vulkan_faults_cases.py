"""For the guest: drm-show on a virtual terminal, drawing with a GPU that has faults (vulkan_faults.hpp)."""
import json
import os
import pathlib
import re
import subprocess
import sys
import time

from console_guest import (AS_BEFORE, HOME, OTHER, REPLAY, SCRATCH, SIZE, TAKEN, Show, framebuffers,
                           give_display_to_kernel, press, sees)
from session_guest import display, go_to, guards_alive, modes, wait_for

DRAWN = pathlib.Path(os.environ.get("DRAWN", "/none"))  # the first frame, drawn elsewhere
LOST = "the GPU was lost"
GPU_FAILED = 11
DEVICE_LOST = 9
# Frame 1 shows the time 0, and the next one comes when nobody waits for it any more.
STILL = ("--fps", "0.001")
SHORT_S = 0.5
NODE = "226:0"  # of the display


def show(*arguments, content=("--shader", "gradient"), **faults):
    """Faults without VULKAN_: lose="20:1". A GPU that is late or hangs is one: its driver returns at once."""
    if faults.get("fences", "").startswith(("late", "hang")):
        faults["hardware"] = "1"
    env = {f"VULKAN_{name.upper()}": value for name, value in faults.items()}
    return Show(*content, "--mode", SIZE, *arguments, env=env)


def seconds_until(condition, what, most=10.0):
    begun = time.monotonic()
    wait_for(condition, what, most)
    return time.monotonic() - begun


def check_as_before(before):
    assert modes(HOME) == AS_BEFORE, modes(HOME)
    assert display() == before, f"{before}\n{display()}"
    wait_for(lambda: not guards_alive(), "the guard's end")
    wait_for(lambda: framebuffers() == 0, "the framebuffers' end")
    bufinfo = pathlib.Path("/sys/kernel/debug/dma_buf/bufinfo").read_text()
    assert bufinfo.strip().endswith("Total 0 objects, 0 bytes"), bufinfo


def stats(out):
    return json.loads(out.strip().splitlines()[-1])["outputs"]


def frames(outputs):
    return [output["frames"] for output in outputs]


def log_lines(log):
    """Time, step and fields of each line."""
    for line in log.read_text().splitlines()[1:]:
        words = line.split()
        if words[0] != "stream":
            yield float(words[0]), words[3], dict(word.split("=") for word in words[4:] if "=" in word)


def check_log(log, delay_s):
    """A run of the model, in which frames are shown in order, and none before its GPU was done."""
    done = subprocess.run([REPLAY, log], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    begun, shown = {}, []
    for at, step, fields in log_lines(log):
        if step == "acquire":
            begun[int(fields["frame"])] = at
        if step in ("flip", "modeset"):
            number = int(fields["frame"])
            shown.append(number)
            assert at - begun[number] > delay_s, (number, at, begun[number])
    assert shown == sorted(set(shown)), shown
    return shown


# A GPU that is lost

def run_to_end(*arguments, code=0, **faults):
    before = give_display_to_kernel()
    ended = show("--stats=json", *arguments, **faults)
    got = ended.wait()
    assert got == code, (got, ended.out, ended.err)
    check_as_before(before)
    return ended


def lost_once():
    ended = run_to_end("--frames", "60", lose="20:1")
    assert ended.err.count(LOST) == 1, ended.err
    assert frames(stats(ended.out))[0]["shown"] == 60, ended.out


def lost_at_first():
    """The picture of the GPU that takes over is right."""
    before = give_display_to_kernel()
    shown = show(*STILL, lose="1:1").shows()
    assert shown.err.count(LOST) == 1, shown.err
    sees(DRAWN, "after the loss")
    shown.press("q").wait()
    check_as_before(before)


def lost_while_it_loads():
    """The room's textures are loaded by the GPU: the next one is lost while it does that."""
    ended = run_to_end("--frames", "40", content=("--scene", "room"), lose="60:2")
    assert ended.err.count(LOST) == 2, ended.err
    assert frames(stats(ended.out))[0]["shown"] == 40, ended.out


def lost_with_two_outputs():
    ended = run_to_end("--frames", "40", lose="30:1")
    assert ended.err.count(LOST) == 1, ended.err
    assert [output["shown"] for output in frames(stats(ended.out))] == [40, 40], ended.out


def lost_each_time():
    for first in (20, 1):
        ended = run_to_end("--frames", "60", lose=f"{first}:1000000", code=GPU_FAILED)
        assert ended.err.count(LOST) == 4, ended.err


def held(show):
    """Descriptors, and framebuffers of the display."""
    return len(list(pathlib.Path(f"/proc/{show.process.pid}/fd").iterdir())), framebuffers()


def lost_thrice_leaks_nothing():
    """As many losses in a row as it puts up with."""
    kept = []
    for faults in ({}, {"lose": "20:3"}):
        shown = show(**faults).shows()
        if faults:
            shown.shows()
        assert shown.err.count(LOST) == 3 * len(faults), shown.err
        time.sleep(SHORT_S)  # all framebuffers are made, the lost ones' are gone
        kept.append(held(shown))
        shown.press("q").wait()
    assert kept[0] == kept[1], kept


def lost_in_the_background():
    """The GPU hangs while somebody goes to another VT, and its driver resets it there."""
    before = give_display_to_kernel()
    shown = show("--buffers", "4", fences="hang:4000", fences_at="10:1").shows()
    time.sleep(1.5)
    go_to(OTHER)
    shown.hear_error(LOST)
    assert display() == before, display()
    go_to(HOME)
    shown.shows()
    assert modes(HOME) == TAKEN, modes(HOME)
    shown.press("q").wait()
    check_as_before(before)


# Fences

def late(present, *options, delays_ms=(50, 200), held="other_gpu", **faults):
    """Keys are not late, whatever the GPU is; and it is said who waited, and why."""
    for delay_ms in delays_ms:
        before = give_display_to_kernel()
        log = SCRATCH / "ring.log"
        shown = show("--present", present, "--stats=json", "--ring-log", log, *options,
                     fences=f"late:{delay_ms}", **faults)
        shown.hear_error("Showing ")  # standard output is for JSON
        time.sleep(1.5)
        press("q")
        took = seconds_until(lambda: modes(HOME) == AS_BEFORE, "the console")
        # What the kernel waits for already, it waits for.
        most = 2 * SHORT_S + (delay_ms / 1000 if "own" in faults else 0)
        assert took < most, f"{took} s after the key"
        code = shown.wait()
        assert code == 0, (code, shown.err)
        check_as_before(before)
        in_order = check_log(log, delay_ms / 1000)
        output = stats(shown.out)[0]
        assert len(in_order) == output["frames"]["shown"] >= 3, output
        check_stats(output, delay_ms)
        check_held_back(output, held)


def check_held_back(output, reason):
    """All frames for this reason, but for those whose mode is set; or none."""
    held, submitted = output["held_back"], output["frames"]["submitted"]
    if reason:
        assert held.pop(reason) >= submitted - 1, output
    assert sum(held.values()) <= 1, output


def check_stats(output, delay_ms):
    """They say who was late, and by how much."""
    assert output["latency"]["median_us"] > delay_ms * 900, output
    missed = output["missed_blanks"]
    assert missed["fence"] > 0, output


def late_fifo():
    late("fifo")


def late_mailbox():
    late("mailbox")


def late_mailbox_drawing_always():
    late("mailbox", "--fps", "max", delays_ms=(50,))


def late_legacy():
    late("fifo", "--legacy", delays_ms=(200,))


def late_in_the_kernel():
    """The GPU is the display's own: IN_FENCE_FD."""
    late("fifo", delays_ms=(200,), held=None, own=NODE)


def late_own_mailbox():
    """Of the display's own GPU, too, only what is drawn competes."""
    late("mailbox", delays_ms=(50,), held="newest", own=NODE)


def late_own_legacy():
    """The kernel takes no fences."""
    late("fifo", "--legacy", delays_ms=(50,), held="no_fences", own=NODE)


def very_late():
    """Nobody waits for a GPU that takes longer than keys may."""
    for end in (lambda shown: shown.process.terminate(), lambda shown: press("q")):
        shown = show(fences="late:900").shows()
        end(shown)
        took = seconds_until(lambda: modes(HOME) == AS_BEFORE, "the console")
        assert took < 0.8, f"{took} s"
        assert shown.wait() == 0, shown.err


def signalled():
    """-1 instead of a sync file: nothing to wait for."""
    ended = run_to_end("--frames", "40", fences="signalled")
    assert frames(stats(ended.out))[0] == {"submitted": 40, "shown": 40, "superseded": 0, "cancelled": 0}, ended.out


def one_never():
    """A frame that is never drawn is left out, and all others are shown."""
    ended = run_to_end("--frames", "60", fences="never", fences_at="20:1")
    assert "frame 20 was not drawn in time and is left out" in ended.err, ended.err
    assert frames(stats(ended.out))[0] == {"submitted": 61, "shown": 60, "superseded": 0, "cancelled": 1}, ended.out


def never_again():
    """The picture stays, keys work, and in the end it says what is wrong."""
    for end in ("q", "nothing"):
        before = give_display_to_kernel()
        shown = show(fences="never", fences_at="20:1000000").shows()
        shown.hear_error("left out")
        begun = time.monotonic()
        if end == "q":
            press("q")
        code = shown.wait(30)
        took = time.monotonic() - begun
        assert code == (DEVICE_LOST if end == "nothing" else 0), (end, code, shown.err)
        assert took < (40 if end == "nothing" else 5), (end, took)
        check_as_before(before)
    assert "render fences do not signal any more" in shown.err, shown.err


def failing():
    """Some frames are not drawn: others are shown in their place."""
    ended = run_to_end("--frames", "60", fences="failing", fences_at="20:5")
    assert frames(stats(ended.out))[0]["shown"] == 60, ended.out
    assert LOST not in ended.err, ended.err


def failing_each_time():
    ended = run_to_end("--frames", "60", fences="failing", code=GPU_FAILED)
    assert LOST in ended.err, ended.err


def failing_for_a_while():
    """Another GPU, or the same after its reset, goes on."""
    ended = run_to_end("--frames", "60", fences="failing", fences_at="20:40")
    assert ended.err.count(LOST) == 1, ended.err
    assert frames(stats(ended.out))[0]["shown"] == 60, ended.out


def hanging():
    """Its driver resets it: the next one goes on."""
    ended = run_to_end("--frames", "60", fences="hang:1500", fences_at="20:1")
    assert ended.err.count(LOST) == 1, ended.err
    assert frames(stats(ended.out))[0]["shown"] == 60, ended.out


def hanging_gives_the_console_back():
    """At once, even if the GPU keeps the process."""
    before = give_display_to_kernel()
    shown = show(fences="hang:5000", fences_at="5:1").shows()
    time.sleep(2)
    press("q")
    took = seconds_until(lambda: modes(HOME) == AS_BEFORE, "the console")
    assert took < 3, f"{took} s after the key"
    assert shown.alive(), "the GPU does not hang"
    assert shown.wait() == 0, shown.err
    check_as_before(before)


if __name__ == "__main__":
    globals()[sys.argv[1]]()
