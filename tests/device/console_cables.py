#!/usr/bin/env python3
"""console_cables.py CASE: one case of test_console_vkms, in the guest: displays that come and go."""
import json
import os
import pathlib
import subprocess
import sys
import time

from console_guest import (AS_BEFORE, HOME, REPLAY, SCRATCH, SIZE, Pixels, Show, crtc_of, difference, display, frame, frame_number,
                           framebuffers, give_display_to_kernel, lit_crtcs, modes, pattern, plug, press, quit_by,
                           run, sees, shot, wait_for)
from session_guest import go_to

FIRST, SECOND = "Virtual-1", "Virtual-2"
SMALL = ("--mode", SIZE)
LABEL = (f"{SIZE} @ 59.94 Hz", "vkms · card0")


def sees_card(output, crtc, what):
    sees(pattern("card", SIZE, (output, *LABEL)), what, crtc)


def gone(crtc, left):
    """The kernel has that CRTC off, and only these are lit."""
    wait_for(lambda: lit_crtcs() == left, f"CRTC {crtc} off, lit are {left}")


def check_log(file):
    done = subprocess.run([REPLAY, file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def ended_without_outputs(show, before):
    code = show.wait()
    assert code == 6, (code, show.err)
    assert "card0 (vkms): the last output was unplugged" in show.err and "--wait" in show.err, show.err
    assert modes(HOME) == AS_BEFORE
    assert framebuffers() == 0
    plug(0, "on")  # the kernel's console is dark until then
    wait_for(lambda: display() == before, "the console as before")


def follow():
    """What is plugged in lights up, what is unplugged is let go of, and after the last it ends."""
    plug(1, "off")
    before = give_display_to_kernel()
    show = Show(*SMALL).shows()
    sees_card(FIRST, 0, "the first alone")
    assert lit_crtcs() == [0]
    plug(1, "on")
    show.hear(f"Showing card on {SECOND}")
    sees_card(SECOND, 1, "the second")
    sees_card(FIRST, 0, "the first besides it")
    assert framebuffers() == 4, framebuffers()
    plug(0, "off")
    show.hear_error(f"{FIRST} was unplugged")
    gone(0, [1])
    sees_card(SECOND, 1, "the second alone")
    wait_for(lambda: framebuffers() == 2, f"the end of the first's framebuffers, {framebuffers()}")
    plug(0, "on")
    show.hear(f"Showing card on {FIRST}")
    sees_card(FIRST, 0, "the first again")
    press("n")
    show.hear("Showing smpte")
    plug(1, "off")
    gone(1, [0])
    sees(pattern("smpte", SIZE, (FIRST, *LABEL)), "the same picture", 0)
    plug(0, "off")
    ended_without_outputs(show, before)
    plug(1, "on")
    show = Show(*SMALL).shows()
    sees_card(SECOND, 1, "the next run")
    quit_by(show)


def follow_frames():
    """The same while frames move: they are counted over all of it, and the ring's log is one."""
    plug(1, "off")
    before = give_display_to_kernel()
    log = SCRATCH / "ring.log"
    show = Show(*SMALL, "--no-label", "--pattern", "bounce", "--fps", "20", "--stats=json", "--ring-log", log)
    show.hear_error("Showing bounce")
    time.sleep(0.3)
    for turn in range(2):
        plug(1, "on")
        show.wait_for(lambda: show.err.count(f"Showing bounce on {SECOND}") == turn + 1, "the second")
        got = sees_one_frame("second", 1)
        assert sees_one_frame("first", 0) >= got
        plug(1, "off")
        gone(1, [0])
    number = sees_one_frame("first-alone", 0)
    assert number > 5
    press("i")
    plug(0, "off")
    ended_without_outputs(show, before)
    outputs = {output["name"]: output for output in json.loads(show.out)["outputs"]}
    assert len(show.out.splitlines()) == 1, show.out
    assert set(outputs) == {FIRST, SECOND}, show.out
    first = outputs[FIRST]["frames"]  # those on their way when cables change are numbered, too
    assert number <= first["shown"] + first["cancelled"] < number + 100, (number, first)
    assert outputs[SECOND]["frames"]["shown"] >= 3, outputs[SECOND]["frames"]
    for output in outputs.values():
        frames = output["frames"]
        assert frames["submitted"] == frames["shown"] + frames["superseded"] + frames["cancelled"], frames
    check_log(log)


def sees_one_frame(what, crtc):
    """Whole and the right one; its number."""
    got = shot(what, crtc)
    number = frame_number(got)
    differs = difference(frame("bounce", number, 20), got)
    assert not differs, f"{what}, frame {number}: {differs}"
    return number


def frames_over_a_replug():
    """--frames counts what an output has shown, before and after."""
    log = SCRATCH / "ring.log"
    for policy in ("follow", "ignore"):
        show = Show(*SMALL, "--no-label", "--pattern", "bounce", "--frames", "150", "--stats=json", "--hotplug", policy,
                    "--ring-log", log)
        show.hear_error(f"Showing bounce on {SECOND}")
        time.sleep(0.3)
        plug(1, "off")
        show.hear_error(f"{SECOND} was unplugged")
        time.sleep(0.3)
        plug(1, "on")
        assert show.wait(30) == 0, show.err
        for output in json.loads(show.out)["outputs"]:
            assert output["frames"]["shown"] == 150, (policy, output["name"], output["frames"])
        assert len(json.loads(show.out)["outputs"]) == 2
        check_log(log)


def wait():
    """Without any output, from the start and later."""
    for output in (0, 1):
        plug(output, "off")
    before = give_display_to_kernel()
    lit_before = lit_crtcs()
    refused = run()
    assert refused.process.returncode == 6 and "--wait" in refused.err, refused.err
    refused = run("--tty", "7")
    assert refused.process.returncode == 6 and modes(HOME) == AS_BEFORE, refused.err
    show = Show(*SMALL, "--wait")
    show.hear_error("waiting for one")
    assert show.err.count("waiting") == 1 and "Showing" not in show.out, (show.out, show.err)
    plug(1, "on")
    show.hear(f"on {SECOND}")
    wait_for(lambda: lit_crtcs() != [], "light")
    assert "--wait" not in show.err, show.err
    plug(1, "off")
    show.hear_error("the last output was unplugged: waiting for one")
    wait_for(lambda: lit_crtcs() in ([], lit_before) and framebuffers() == 0, "its release")
    press("n")  # for what comes
    plug(0, "on")
    show.hear(f"Showing smpte on {FIRST}")
    press("1")
    show.hear("Showing card")
    sees_card(FIRST, crtc_of(FIRST), "it shows and takes keys")
    plug(0, "off")
    wait_for(lambda: show.err.count("the last output") == 2, "waiting again")
    quit_by(show, before=before)


def unreadable():
    """A picture that cannot be read when a display is plugged in: it is tried again, by the clock and by keys; and
    with nothing lit it ends as if it had been started then."""
    plug(1, "off")
    before = give_display_to_kernel()
    file, away = Pixels.blocks(64, 64).ppm("picture"), SCRATCH / "away.ppm"
    show = Show(*SMALL, "--wait", file).shows()
    plug(0, "off")
    show.hear_error("waiting for one")
    file.rename(away)
    plug(0, "on")
    show.hear_error("nothing is shown yet; trying again")
    assert "picture.ppm: cannot be opened" in show.err, show.err
    away.rename(file)
    show.hear(f"Showing picture.ppm on {FIRST}", 3)
    wait_for(lambda: lit_crtcs() == [0], "light")
    file.rename(away)  # one that is lit goes on, and the other follows
    plug(1, "on")
    show.hear_error("the outputs stay as they are, for now")
    assert lit_crtcs() == [0] and show.alive()
    away.rename(file)
    show.hear(f"Showing picture.ppm on {SECOND}", 3)
    plug(0, "off")
    plug(1, "off")
    wait_for(lambda: show.err.count("waiting for one") == 2, "waiting again")
    took = []
    for turn in range(2, 7):  # a busy machine may be slow, but not each time; the clock alone takes a second
        file.rename(away)
        plug(0, "on")
        wait_for(lambda: show.err.count("nothing is shown yet") == turn, "trying again")
        pressed = time.monotonic()
        press("1")
        show.hear(f"Showing card on {FIRST}", 5)
        took.append(time.monotonic() - pressed)
        if took[-1] < 0.9:
            break
        away.rename(file)
        press("0")
        show.hear("Showing picture.ppm")
        plug(0, "off")
        wait_for(lambda: show.err.count("waiting for one") == turn + 1, "waiting again")
    assert took[-1] < 0.9, took
    quit_by(show, before=before)
    ends_if_it_stays_so()


def ends_if_it_stays_so():
    """Started without a display, too; and back on its terminal there is as much time as before."""
    plug(0, "off")
    damaged = SCRATCH / "damaged.ppm"
    damaged.write_bytes(b"P6 2 1 255\n")
    show = Show(*SMALL, "--wait", damaged)
    show.hear_error("waiting for one")
    plug(0, "on")
    show.hear_error("damaged.ppm")
    go_to(5)
    time.sleep(1)
    busy = times_of(show)
    time.sleep(1)
    assert times_of(show) - busy < 0.2, "it is busy in the background"
    go_to(HOME)
    code = show.wait(15)
    assert code == 8, (code, show.err)
    assert modes(HOME) == AS_BEFORE


def times_of(show):
    """Seconds of processor time."""
    fields = pathlib.Path(f"/proc/{show.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def wait_for_one_output():
    """-o: others do not count."""
    plug(1, "off")
    before = give_display_to_kernel()
    show = Show(*SMALL, "-o", SECOND, "--wait")
    show.hear_error("waiting for one")
    assert show.alive() and display() == before, display()
    plug(1, "on")
    show.hear(f"Showing card on {SECOND}")
    sees_card(SECOND, crtc_of(SECOND), "that one")
    plug(0, "off")
    plug(0, "on")
    time.sleep(0.2)
    assert FIRST not in show.out, show.out
    plug(1, "off")
    show.hear_error("waiting for one")
    quit_by(show, before=before)
    refused = run("-o", SECOND)
    assert refused.process.returncode == 6 and "--wait" in refused.err, refused.err


def ignore():
    """What is plugged in later stays dark; what was there goes on when it is back."""
    plug(1, "off")
    show = Show(*SMALL, "--hotplug", "ignore").shows()
    plug(1, "on")
    time.sleep(0.3)
    assert lit_crtcs() == [0] and SECOND not in show.out, show.out
    plug(0, "off")
    show.hear_error(f"{FIRST} was unplugged: it goes on")
    assert show.alive()
    plug(0, "on")
    show.hear_error(f"{FIRST} is back")
    sees_card(FIRST, 0, "it goes on")
    quit_by(show)


def while_away():
    """Cables are looked at again when it is back on its terminal."""
    plug(1, "off")
    show = Show(*SMALL, "--wait").shows()
    go_to(5)
    plug(1, "on")
    time.sleep(0.2)
    assert SECOND not in show.out
    go_to(HOME)
    show.hear(f"Showing card on {SECOND}")
    sees_card(SECOND, 1, "plugged in while away")
    sees_card(FIRST, 0, "the first as well")
    go_to(5)
    plug(0, "off")
    plug(1, "off")
    go_to(HOME)
    show.hear_error("waiting for one")
    go_to(5)
    plug(0, "on")
    go_to(HOME)
    show.hear(f"Showing card on {FIRST}")
    quit_by(show)


if __name__ == "__main__":
    globals()[sys.argv[1]]()
