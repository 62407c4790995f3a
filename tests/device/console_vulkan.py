#!/usr/bin/env python3
"""console_vulkan.py CASE: one case of test_console_vkms, in the guest: what only a GPU draws."""
import json
import sys
import time

from console_guest import (HOME, OTHER, SCRATCH, SIZE, TAKEN, Show, difference, framebuffers, give_display_to_kernel,
                           modes, press, quit_by, shot, wait_for)
from session_guest import go_to

SWITCHES = 20


def shaders():
    """n and p go through the shaders, space stops them, screenshots are what is scanned out."""
    before = give_display_to_kernel()
    folder = SCRATCH / "shots"
    folder.mkdir()
    show = Show("--mode", SIZE, "--shader", "plasma", "--screenshot-dir", folder).shows()
    for keys, name in (("n", "ocean"), ("n", "tunnel"), ("p", "ocean"), ("pp", "zone-plate"), ("p", "gradient")):
        press(keys)
        show.hear(f"Showing {name} on Virtual-1")
    wait_for(lambda: difference(shot("gradient-1"), shot("gradient-2")) != "", "motion", 30)
    press("ri ")
    time.sleep(1)

    def stands_still():
        before = shot("still")
        time.sleep(0.5)
        return not difference(before, shot("still-later"))
    wait_for(stands_still, "a standstill", 30)
    still = shot("still")
    press("s")
    show.hear("Screenshot: ")
    taken = next(folder.iterdir())
    assert not difference(still, taken), taken
    assert not difference(still, shot("still-still")), "it moves while it pauses"
    quit_by(show, "q", before)
    assert framebuffers() == 0


def switched():
    """To another terminal and back, again and again, while a GPU draws."""
    before = give_display_to_kernel()
    show = Show("--mode", SIZE, "--shader", "plasma", "--stats=json")
    show.hear_error("Showing plasma")
    for turn in range(SWITCHES):
        go_to(OTHER)
        time.sleep(0.02 * (turn % 3))
        go_to(HOME)
    show.wait_for(lambda: modes(HOME) == TAKEN, "its terminal again")
    wait_for(lambda: difference(shot("plasma-1"), shot("plasma-2")) != "", "motion")
    quit_by(show, "q", before)
    frames = json.loads(show.out)["outputs"][0]["frames"]
    assert frames["shown"] > 1, frames
    assert frames["submitted"] == frames["shown"] + frames["superseded"] + frames["cancelled"], frames
    assert framebuffers() == 0


def model():
    """Its files are read once, for all outputs and turns."""
    file = SCRATCH / "tri.obj"
    file.write_text("mtllib missing.mtl\nv -1 -1 0\nv 1 -1 0\nv 0 1 0\nf 1 2 3\n")
    show = Show("--mode", SIZE, "--model", file).shows()
    show.hear("Showing tri.obj on Virtual-2")
    file.unlink()
    for keys in ("r", "i", "r"):
        press(keys)
        show.hear("Showing tri.obj on Virtual-2")
        time.sleep(1)
    before = shot("model", 1)
    time.sleep(1)
    assert difference(before, shot("model-later", 1)), "it stands still"
    assert len(show.err.splitlines()) == 1 and "missing.mtl" in show.err, show.err
    quit_by(show)


if __name__ == "__main__":
    {"shaders": shaders, "switched": switched, "model": model}[sys.argv[1]]()
