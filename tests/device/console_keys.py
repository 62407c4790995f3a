#!/usr/bin/env python3
"""console_keys.py CASE: one case of test_console_vkms, in the guest, on VT 3 as the controlling terminal
of the session that it leads: what keys do."""
import os
import re
import signal
import subprocess
import sys
import time

from console_guest import (AS_BEFORE, ESCAPE_S, HOME, REPLAY, SCRATCH, SIZE, TAKEN, Pixels, Show, difference,
                           frame, frame_number, give_display_to_kernel, modes, pathlib, pattern,
                           press, quit_by, run, sees, settings, shot, unread, wait_for)
from session_guest import guards_alive

PLAIN = ("--no-label", "--mode", SIZE)
SMALL = (640, 480)


def patterns():
    """n, p, arrows and numbers go through the list of patterns."""
    before = give_display_to_kernel()
    terminal = settings()
    show = Show(*PLAIN).shows()
    assert modes(HOME) == TAKEN, modes(HOME)
    assert settings() != terminal
    sees(pattern("card"), "card")
    for keys, name in (("n", "smpte"), ("\x1b[C", "smpte-hd"), ("\x1b[B", "ebu"), ("\x1b[6~", "bars100"),
                       ("N", "grid"), ("\x1b[D", "bars100"), ("\x1b[A", "ebu"), ("\x1bOD", "smpte-hd"),
                       ("\x1b[5~", "smpte"), ("p", "card")):
        press(keys)
        show.hear(f"Showing {name} on Virtual-1")
        sees(pattern(name), f"{keys!r} shows {name}")
    names = [line.split()[0] for line in run("--list-patterns").out.splitlines()]
    for number in range(2, 10):
        press(str(number))
        show.hear(f"Showing {names[number - 1]} on Virtual-1")
    sees(pattern(names[8]), "number 9")
    press("0fz\x1b[15~\x1b[[A\x1bq")  # no files, no fit, no key, F5, F1, Alt-Q
    time.sleep(2 * ESCAPE_S)
    sees(pattern(names[8]), "as before")
    for keys, name in (("1", "card"), ("p", "zone"), ("n", "card")):  # the list is a ring
        press(keys)
        show.hear(f"Showing {name} on Virtual-1")
    sees(pattern("card"), "round and round")
    quit_by(show, "q", before)
    assert settings() == terminal
    assert show.err == "", show.err


def turning():
    """r turns patterns and pictures, a panel comes and goes with i, and four turns are none."""
    show = Show(*PLAIN, "--pattern", "ebu").shows()
    plain = sees(pattern("ebu"), "upright")
    for key in "rrr":
        press(key)
        wait_for(lambda: difference(plain, shot("turned")) != "", "a turn")
    press("r")
    sees(pattern("ebu"), "after four turns")
    press("i")
    wait_for(lambda: difference(plain, shot("panel")) != "", "the panel")
    press("i")
    sees(pattern("ebu"), "without a panel")
    quit_by(show)

    picture = Pixels.blocks(*SMALL)
    show = Show(*PLAIN, "--fit", "none", picture.ppm("blocks")).shows()
    sees(picture.png("upright"), "picture upright")
    for turns in range(1, 5):
        picture = picture.turned()
        press("r")
        sees(centred(picture).png(f"turned-{turns}"), f"picture turned {turns} times")
    quit_by(show)


def centred(picture, size=SMALL):
    """Pixel by pixel on a black screen, cut where it does not fit."""
    width, height = size
    columns = len(picture.rows[0]) // 3
    cut = max(0, (columns - width) // 2)
    side = b"\0" * (3 * ((width - min(columns, width)) // 2))
    top = (height - min(len(picture.rows), height)) // 2
    skip = max(0, (len(picture.rows) - height) // 2)
    rows = [side + row[3 * cut:3 * (cut + width)] + side for row in picture.rows[skip:skip + height]]
    black = [b"\0" * 3 * width] * top
    return Pixels(black + rows + black)


def rotate_option():
    """Patterns and pictures alike; whole turns of one shape are exact."""
    for degrees in (90, 180, 270):
        shape = (480, 640) if degrees != 180 else SMALL
        picture = Pixels.blocks(*shape)
        turned = picture
        for _ in range(degrees // 90):
            turned = turned.turned()
        show = Show(*PLAIN, "--rotate", degrees, picture.ppm("shape")).shows()
        sees(turned.png(f"rotate-{degrees}"), f"picture by {degrees}")
        press("q")
        assert show.wait() == 0
        # A pattern is drawn for the turned screen.
        drawn = pattern("grid", f"{shape[0]}x{shape[1]}")
        show = Show(*PLAIN, "--rotate", degrees, drawn).shows()
        expected = shot(f"drawn-for-{degrees}")
        show.end()
        show = Show(*PLAIN, "--rotate", degrees, "--pattern", "grid").shows()
        sees(expected, f"pattern by {degrees}")
        show.end()


def sees_ramps(width, height, what):
    """The second file, so large, in the middle of the screen. Scaling rounds."""
    part = ((SMALL[0] - width) // 2, (SMALL[1] - height) // 2, width, height)
    return sees(Pixels.ramps(*SMALL, part).png(what), what, tolerance=3)


def files():
    """The next and the previous of several, patterns in between, and how they fit."""
    blocks = Pixels.blocks(*SMALL)
    first, second = blocks.ppm("first"), Pixels.ramps(120, 240).ppm("ramps")
    damaged = SCRATCH / "damaged.ppm"
    damaged.write_bytes(b"P6 20 20 255\n" + b"x" * 30)
    show = Show(*PLAIN, first, second, damaged).shows()
    expected = blocks.png("expected")
    sees(expected, "the first file")
    press("n")
    show.hear("Showing ramps.ppm")
    contained = sees_ramps(240, 480, "contain")
    press("n")
    show.hear_error("damaged.ppm")
    assert not difference(contained, shot("the-old-one-stays"))
    press("n")
    show.hear("Showing first.ppm")
    sees(expected, "the one after the damaged one")
    press("3")
    show.hear("Showing smpte-hd")
    sees(pattern("smpte-hd"), "a pattern in place of files")
    press("0")
    show.hear("Showing first.ppm")
    sees(expected, "the files again")
    press("\x1b[6~")
    show.hear("Showing ramps.ppm")
    sees(contained, "the next one")
    for width, height, what in ((640, 1280, "cover"), (640, 480, "stretch"), (120, 240, "none"), (240, 480, "contain")):
        press("f")
        show.hear("Showing ramps.ppm")
        sees_ramps(width, height, what)
    press("p")
    show.hear("Showing first.ppm")
    sees(expected, "the previous one")
    quit_by(show)


def two_outputs():
    """Each gets the next file, round and round."""
    drawn = [pattern(name) for name in ("ebu", "grid", "smpte")]
    show = Show(*PLAIN, *drawn).shows()
    for first in range(4):
        if first:
            press("n")
            show.hear("Showing")
        for crtc in (0, 1):
            sees(drawn[(first + crtc) % 3], f"file {first} on {crtc}", crtc)
    quit_by(show)


def moving():
    """Space stops a moving pattern and lets it go on; frames are the right ones all along."""
    show = Show(*PLAIN, "--pattern", "bounce", "--fps", "20").shows()
    press(" ")
    time.sleep(0.2)
    still = shot("still")
    number = frame_number(still)
    assert not difference(frame("bounce", number, 20), still)
    time.sleep(0.3)
    assert not difference(still, shot("still-still")), "it moves while it pauses"
    press(" ")
    wait_for(lambda: frame_number(shot("on")) > number, "more frames")
    press("r")
    time.sleep(0.2)
    press("rrr")
    time.sleep(0.2)
    press("i")
    time.sleep(0.2)
    press("i")
    time.sleep(0.2)
    got = shot("later")
    later = frame_number(got)
    assert not difference(frame("bounce", later, 20), got), later
    assert number < later < number + 600, (number, later)
    press(" n")
    show.hear("Showing scroll")
    press(" ")
    wait_for(lambda: difference(shot("scroll-1"), shot("scroll-2")) != "", "motion")
    press("n")
    show.hear("Showing clock")
    press("2")
    show.hear("Showing smpte")
    sees(pattern("smpte"), "a still one after moving ones")
    quit_by(show)


def modes_of(output="Virtual-1"):
    """Of --list-modes."""
    lines = run("--list-modes").out.split(f"{output}:")[1].split("Virtual")[0]
    return re.findall(r"#\d+ +(\S+)@", lines)


def next_mode():
    """m goes through the modes of the output, round and round, and says so."""
    before = give_display_to_kernel()
    modes_there = modes_of()
    last = len(modes_there) - 1
    show = Show("--no-label", "--mode", f"#{last}", "--pattern", "grid").shows()
    for index in (0, 1, 2):  # the last ones are large
        press("m")
        show.hear(f"Showing grid on Virtual-1: {modes_there[index]} @")
        sees(pattern("grid", modes_there[index]), f"mode {index}")
    press("n")
    show.hear("Showing checker")
    sees(pattern("checker", modes_there[2]), "keys go on to work")
    press("mnf m")  # without a pause in between, and while it pauses
    press("1")
    show.hear("Showing card on Virtual-1: ")
    assert show.alive(), show.err
    quit_by(show, before=before)
    show = Show(*PLAIN, "--pattern", "bounce", "--stats=json", "--ring-log", SCRATCH / "ring.log")
    show.hear_error("Showing bounce")
    time.sleep(0.2)
    press("m")
    wait_for(lambda: show.err.count("Showing bounce") == 2, "the next mode")
    time.sleep(0.2)
    quit_by(show, before=before)
    check_log(SCRATCH / "ring.log")


def check_log(file):
    done = subprocess.run([REPLAY, file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def screenshots():
    """s writes what is scanned out, never over a file, and says where."""
    folder = SCRATCH / "shots"
    folder.mkdir()
    show = Show("--mode", SIZE, "--pattern", "ebu", "--screenshot-dir", folder).shows()
    press("s")
    show.hear("Screenshot: ")
    press("s")
    show.hear("Screenshot: ")
    got = [pathlib.Path(line.removeprefix("Screenshot: ")) for line in show.out.splitlines()
           if line.startswith("Screenshot")]
    assert sorted(got) == sorted(folder.iterdir()) and len(set(got)) == 2, (got, list(folder.iterdir()))
    scanned_out = shot("scanned-out")
    for file in got:
        assert re.fullmatch(r"drm-show-\d{8}-\d{6}-Virtual-1(-2)?\.png", file.name), file.name
        assert not difference(scanned_out, file), file
    press("ns")  # just as it changes: one of both
    show.hear("Screenshot: ")
    newest = pathlib.Path(show.out.split("Screenshot: ")[-1].split("\n")[0])
    sees(pattern("bars100", SIZE, ("Virtual-1", f"{SIZE} @ 59.94 Hz", "vkms · card0")), "the next")
    assert not difference(scanned_out, newest) or not difference(shot("bars100"), newest)
    quit_by(show)

    show = Show(*PLAIN, "--pattern", "ebu", "--screenshot-dir", "/proc").shows()
    press("s")
    show.hear_error("cannot write /proc/drm-show-")
    show.hear_error("--screenshot-dir")
    press("n")
    show.hear("Showing bars100")
    sees(pattern("bars100"), "it goes on")
    quit_by(show)
    missing = run(*PLAIN, "--screenshot-dir", "/nowhere")
    assert missing.process.returncode == 2 and "/nowhere" in missing.err, missing.err


def endings():
    """q, Esc and Ctrl-C end it, and what was typed after that is not the shell's."""
    before = give_display_to_kernel()
    terminal = settings()
    for keys in ("q", "Q", "\x03", "\x1b", "\x1b\x1b", "npq"):
        show = Show(*PLAIN).shows()
        started = time.monotonic()
        quit_by(show, keys, before)
        if keys == "\x1b":
            assert time.monotonic() - started > 0.9 * ESCAPE_S
        assert settings() == terminal, keys
    show = Show(*PLAIN).shows()
    show.process.send_signal(signal.SIGSTOP)  # what is typed once it has ended is the shell's indeed
    press("q; rm -rf /\n")
    show.process.send_signal(signal.SIGCONT)
    assert show.wait() == 0
    assert unread(0) == b"", "keys were left to the shell"
    arrow_in_two_parts()


def arrow_in_two_parts():
    """An arrow that comes in two parts, as over a slow line, is none the less no Esc."""
    for _ in range(10):
        show = Show(*PLAIN).shows()
        started = time.monotonic()
        press("\x1b")
        time.sleep(0.03)
        press("[C")
        if time.monotonic() - started > 0.8 * ESCAPE_S:  # this machine was too slow
            show.process.kill()
            show.wait()
            continue
        show.hear("Showing smpte on")
        quit_by(show)
        return
    raise AssertionError("it was never fast enough")


def no_keys():
    """Nothing that is typed means anything, and nothing of it is the shell's afterwards."""
    terminal = settings()
    show = Show(*PLAIN, "--no-keys").shows()
    assert modes(HOME) == TAKEN
    press("qn\n\x1a")
    time.sleep(2 * ESCAPE_S)
    assert show.alive() and show.out.count("Showing") == 1 and "ends it" not in show.out, show.out
    press("touch what was typed\n" * 300)  # more than a terminal keeps
    show.process.send_signal(signal.SIGSTOP)
    press("rm -rf /\n")
    show.process.send_signal(signal.SIGCONT)
    show.end()
    assert settings() == terminal
    assert unread(0) == b"", "what was typed was left to the shell"
    show = Show(*PLAIN, "--no-keys").shows()  # the terminal's own Ctrl-C is a signal
    quit_by(show, "\x03")
    show = Show(*PLAIN, "--no-keys").shows()
    press("rm -rf /\n")
    show.process.kill()
    show.wait()
    wait_for(lambda: modes(HOME) == AS_BEFORE and not guards_alive(), "the guard's work")
    assert unread(0) == b"" and settings() == terminal


def data_on_stdin():
    """What comes through a pipe is left alone; the terminal's keys count all the same."""
    reader, writer = os.pipe()
    os.write(writer, b"qqqq")
    started = time.monotonic()
    show = run(*PLAIN, "--duration", "1", stdin=reader)
    assert show.process.returncode == 0 and time.monotonic() - started >= 1, show.err
    show = Show(*PLAIN, stdin=reader).shows()
    time.sleep(0.2)
    press("n")
    show.hear("Showing smpte")
    quit_by(show)
    assert unread(reader) == b"qqqq"
    show = run(*PLAIN, "--duration", "0.5", stdin=reader, session=True)  # without any terminal
    assert show.process.returncode == 0 and "ends it" not in show.out, show.err
    assert unread(reader) == b""
    os.write(writer, b"q")
    show = run(*PLAIN, "--no-vt", "--duration", "0.5", stdin=reader)
    assert show.process.returncode == 0 and modes(HOME) == AS_BEFORE
    assert unread(reader) == b"q"


if __name__ == "__main__":
    globals()[sys.argv[1]]()
