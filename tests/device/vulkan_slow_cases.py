"""For the guest: GPUs and shaders that are slow or come to no end, and what goes on all the same: keys, signals,
switches, the way back to the console."""
import os
import sys
import time

from console_guest import (AS_BEFORE, HOME, OTHER, SCRATCH, SIZE, TAKEN, Show, give_display_to_kernel, press)
from session_guest import display, go_to, guards_alive, modes, wait_for
from vulkan_faults_cases import GPU_FAILED, LOST, SHORT_S, seconds_until, show

NO_END = "the GPU does not finish what it draws"
LONGEST_END_S = 5.5  # of a process whose GPU hangs
HANGS = {"fences": "hang:30000", "fences_at": "20:1"}


def ends_without_gpu(shown, begun, what="the console"):
    """The console is back at once, and the process ends soon."""
    took = begun + seconds_until(lambda: modes(HOME) == AS_BEFORE, what)
    assert took < 4 * SHORT_S, f"{took} s until {what}"
    took = seconds_until(lambda: not shown.alive(), "its end")
    assert took < LONGEST_END_S, f"{took} s until its end"
    assert shown.wait() == GPU_FAILED, (shown.process.returncode, shown.err)
    assert NO_END in shown.err, shown.err
    wait_for(lambda: not guards_alive(), "the guard's end")


def hanging_with_many_framebuffers():
    """There is one to draw into, and nobody waits for the GPU to do that; screenshots neither."""
    for options, keys in ((("--buffers", "8"), "sq"), (("--mirror",), "iq")):
        before = give_display_to_kernel()
        shown = show(*options, **HANGS).shows()
        time.sleep(3 * SHORT_S)
        begun = time.monotonic()
        for key in keys:
            press(key)
            time.sleep(0.05)
        ends_without_gpu(shown, time.monotonic() - begun)
        assert display() == before, display()


def slow_screenshot():
    """It is drawn while keys and switches go on."""
    folder = SCRATCH / "slow"
    folder.mkdir()
    shown = show("--screenshot-dir", folder, fences="late:900").shows()
    press("s")
    time.sleep(0.1)
    took = seconds_until(lambda: go_to(OTHER) or True, "another terminal")
    assert took < 1.6 * SHORT_S, f"{took} s"
    go_to(HOME)
    shown.hear("Screenshot: ")
    assert len(list(folder.iterdir())) == 1
    press("q")
    assert shown.wait() == 0, shown.err


# Shaders

FAST = "void mainImage(out vec4 c, in vec2 p) { c = vec4(fract(iTime), p / iResolution.xy, 1); }\n"
ENDLESS = """void mainImage(out vec4 c, in vec2 p) {
  float s = 0.0;
  for (int i = 0; i >= 0; i = (i + 1) & 1023) s = fract(s + iTime);
  c = vec4(s);
}
"""


def shader_file(text):
    file = SCRATCH / "live.frag"
    file.write_text(text)
    return file


def edited_to_one_without_end():
    """Keys, switches and signals work, and it is said."""
    file = shader_file(FAST)
    before = give_display_to_kernel()
    shown = show(content=("--shader", file)).shows()
    time.sleep(SHORT_S)
    file.write_text(ENDLESS)
    shown.hear_error("not drawn after 3 s")
    press("ri ")
    time.sleep(0.1)
    took = seconds_until(lambda: go_to(OTHER) or True, "another terminal")
    assert took < 4 * SHORT_S, f"{took} s"
    assert display() == before, display()
    go_to(HOME)
    wait_for(lambda: modes(HOME) == TAKEN, "its terminal again")
    shown.process.terminate()
    ends_without_gpu(shown, 0)
    assert display() == before, display()


def without_end_from_the_start():
    shown = show("--duration", "4", content=("--shader", shader_file(ENDLESS)))
    begun = time.monotonic()
    shown.hear_error("not drawn after 3 s")
    wait_for(lambda: time.monotonic() - begun > 3 and modes(HOME) == AS_BEFORE, "the console")
    ends_without_gpu(shown, 0)


# Slow when there is a file slow; each run leaves a line in a file.
GLSLC = """#!/bin/sh
cd ${0%/*}
echo run >> runs
[ -e slow ] && exec sleep 100
PATH=${PATH#*:} exec glslc "$@"
"""


def slow_compiler():
    """Nobody waits for it: not at the start, and not when a key or another output makes something of the file again."""
    folder = SCRATCH / "bin"
    folder.mkdir()
    compiler = folder / "glslc"
    compiler.write_text(GLSLC)
    compiler.chmod(0o755)
    slow, runs = folder / "slow", folder / "runs"
    file = shader_file(FAST)
    env = {"PATH": f"{folder}:{os.environ['PATH']}"}
    shown = Show("--shader", file, "--mode", SIZE, env=env).shows().hear("Virtual-2")
    slow.touch()
    for key in "im":
        press(key)
        shown.shows()
    assert runs.read_text().count("run") == 1, runs.read_text()
    file.write_text(FAST + "// and more\n")
    wait_for(lambda: runs.read_text().count("run") == 2, "the compiler")
    press("i")
    shown.shows()
    press("q")
    took = seconds_until(lambda: not shown.alive(), "its end")
    assert took < 6 * SHORT_S and shown.wait() == 0, (took, shown.err)
    shown = Show("--shader", file, "--mode", SIZE, env=env)
    begun = runs.read_text().count("run")
    wait_for(lambda: runs.read_text().count("run") > begun, "the compiler")
    shown.process.terminate()
    took = seconds_until(lambda: not shown.alive(), "its end")
    assert took < 6 * SHORT_S and shown.wait() == 0, (took, shown.err)
    assert modes(HOME) == AS_BEFORE, modes(HOME)


def lost_while_an_edit_is_broken():
    """The next GPU shows what was good."""
    file = shader_file(FAST)
    shown = show(content=("--shader", file), lose="120:1").shows()
    file.write_text("nonsense\n")
    shown.hear_error(LOST, 20)
    shown.shows()
    assert shown.err.count("live.frag") == 1, shown.err
    assert shown.err.index("live.frag") < shown.err.index(LOST), shown.err
    file.write_text("void mainImage(out vec4 c, in vec2 p) { c = nothing; }\n")
    shown.hear_error("nothing")
    press("q")
    assert shown.wait() == 0, shown.err


if __name__ == "__main__":
    globals()[sys.argv[1]]()
