#!/usr/bin/env python3
"""console_slow.py CASE: one case of test_console_vkms, in the guest, on VT 3 as the controlling terminal of the
session that it leads: what takes long, and what does not wait for it."""
import fcntl
import os
import signal
import sys
import time

from console_guest import (AS_BEFORE, HOME, OTHER, SCRATCH, SIZE, Pixels, Show, difference, display,
                           give_display_to_kernel, modes, pattern, press, quit_by, reads, run, sees, slow_png,
                           wait_for)
from session_guest import go_to, guards_alive, the_guard

PLAIN = ("--no-label", "--mode", SIZE)
SET_MASTER, DROP_MASTER = 0x641E, 0x641F


def slow_pictures():
    """Whatever key asks for them: switches, signals and other keys do not wait, and the last one wins."""
    slow, other = slow_png("slow"), slow_png("other")
    photo = Pixels.blocks(64, 64).ppm("photo")
    damaged = SCRATCH / "damaged.png"
    damaged.write_bytes(slow.read_bytes()[:-40])
    show = Show(*PLAIN, photo, slow, damaged, other).shows()
    press("n")
    show.wait_for(lambda: reads(show, slow), "that it reads")
    go_to(OTHER)
    assert reads(show, slow), "it was read before anybody switched"
    go_to(HOME)
    show.hear("Showing slow.png")
    press("p")
    show.hear("Showing photo.ppm")
    press("n")
    show.wait_for(lambda: reads(show, slow), "that it reads")
    press("p")  # back before it is there
    time.sleep(0.1)
    press("1")
    show.hear("Showing card")
    sees(pattern("card"), "a pattern instead")
    show.wait_for(lambda: not reads(show, slow), "the end of what nobody waits for")
    press("0")
    show.hear("Showing photo.ppm")
    press("nnn")
    show.hear("Showing other.png")
    assert show.out.count("Showing slow.png") == 1, show.out
    press("p")  # what cannot be read is left out
    show.hear_error("damaged.png")
    press("p")
    show.hear("Showing slow.png")
    press("n")
    show.wait_for(lambda: reads(show, damaged), "that it reads")
    show.process.send_signal(signal.SIGTERM)
    wait_for(lambda: modes(HOME) == AS_BEFORE, "text")
    assert reads(show, damaged), "it was read before anybody ended it"
    assert show.wait() == 0, show.err


def screenshot_in_a_thread():
    """To pack a large one takes long: nothing waits for it, and at the end it is there."""
    folder = SCRATCH / "large"
    folder.mkdir()
    for end in ("switch", "quit"):
        show = Show("--mode", "4096x2160", "--pattern", "zone-plate", "--screenshot-dir", folder).shows()
        press("s")
        wait_for(lambda: len(list(folder.iterdir())) > (end == "quit"), "its file")
        if end == "switch":
            go_to(OTHER)
            assert "Screenshot: " not in show.out, "it was written before anybody switched"
            go_to(HOME)
            show.hear("Screenshot: ")
        press("q")
        wait_for(lambda: modes(HOME) == AS_BEFORE, "text")
        assert show.wait() == 0 and "Screenshot: " in show.out, (show.out, show.err)
    one, other = folder.iterdir()
    assert not difference(one, other), (one, other)


def stalled_reader_of_the_log():
    """Keys, switches and signals do not wait for whoever reads the ring log."""
    pipe = SCRATCH / "log.pipe"
    os.mkfifo(pipe)
    refused = run("--pattern", "bounce", "--ring-log", pipe)
    assert refused.process.returncode == 2 and "Nobody reads this pipe" in refused.err, refused.err
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    fcntl.fcntl(reader, fcntl.F_SETPIPE_SZ, 4096)
    show = Show("--mode", SIZE, "--pattern", "bounce", "--ring-log", pipe).shows()
    show.hear_error("whoever reads the ring log does not keep up", 60)
    go_to(OTHER)
    go_to(HOME)
    press("q")
    assert show.wait(5) == 1 and "not all of the log could be written" in show.err, show.err
    assert modes(HOME) == AS_BEFORE
    os.close(reader)


def left_while_it_reads():
    """Whoever is shown then has the display, though the picture has not been read yet."""
    before = give_display_to_kernel()
    slow = slow_png("slow")
    for stays in (False, True):
        show = Show(*PLAIN, slow)
        show.wait_for(lambda: reads(show, slow), "that it reads")
        go_to(OTHER)
        card = os.open("/dev/dri/card0", os.O_RDWR)
        fcntl.ioctl(card, SET_MASTER)
        assert reads(show, slow), "it has read the picture before anybody looked"
        if stays:
            show.hear_error("VT 3 is not in the foreground: waiting until it is")
        fcntl.ioctl(card, DROP_MASTER)
        os.close(card)
        go_to(HOME)
        show.shows()
        quit_by(show, before=before)
    show = Show(*PLAIN, slow)
    show.wait_for(lambda: reads(show, slow), "that it reads")
    show.process.kill()
    show.wait()
    wait_for(lambda: not guards_alive(), "the guard's end")
    assert modes(HOME) == AS_BEFORE and display() == before


def guard_killed_while_it_reads():
    """Another one does not wait for it."""
    before = give_display_to_kernel()
    slow = slow_png("slow")
    show = Show(*PLAIN, Pixels.blocks(64, 64).ppm("photo"), slow).shows()
    first = the_guard()
    press("n")
    show.wait_for(lambda: reads(show, slow), "that it reads")
    os.kill(int(first), signal.SIGKILL)
    wait_for(lambda: guards_alive() not in ([first], []), "another guard", 1)
    assert reads(show, slow), "it has read the picture before anybody looked"
    show.process.kill()
    show.wait()
    wait_for(lambda: not guards_alive(), "its end")
    assert modes(HOME) == AS_BEFORE and display() == before


if __name__ == "__main__":
    globals()[sys.argv[1]]()
