#!/usr/bin/env python3
"""Explicit synchronization between a window and its compositor, end to end: on a driver with timelines (virtio-gpu), and
on one without, where the memory's own fences and wl_buffer.release have to do. The compositor is the fake one: it waits
for what it has to wait for, tells what it saw, and when a buffer was used too early."""
import json
import pathlib
import re
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "device")]

import harness  # noqa: E402

PROBE = harness.BUILD / "tests" / "wayland" / "window-sync-probe"
FRAMES = 24
LATE_MS = 40
LATE_RELEASE_MS = 100
TIMELINES = ("--display", "virtio-gpu", "--kernel", "6.12")
NO_TIMELINES = ("--display", "uml-vkms")

# Each: options of the fake compositor, and what comes behind the number of frames.
RUNS = {
    "plain": ("", ""),
    "late fences": ("", f"late={LATE_MS}"),
    "released at once": ("--release immediately", ""),
    "released late": (f"--release late:{LATE_RELEASE_MS}", "seconds=30"),
    "released out of order": (f"--release uneven:{LATE_RELEASE_MS}", "seconds=30"),
    "never released": ("--release never", "seconds=2"),
}


class Run:
    def __init__(self, line: str) -> None:
        told = json.loads(line)
        self.code, self.said, self.frames, self.violations = (
            told["code"], told["said"], told["frames"], told["violations"])
        self.releases = {release["commit"]: release["time_ns"] for release in told["releases"]}

    def count(self, name: str) -> int:
        return int(re.search(rf"\b{name} (\d+)", self.said).group(1))

    def pixels(self) -> list[int]:
        return [frame["pixel"] for frame in self.frames]


class OnADriver(harness.DeviceTest):
    display: tuple[str, ...]
    node: str  # not vgem's
    runs: dict[str, Run]

    @classmethod
    def make_runs(cls, case: harness.DeviceTest) -> None:
        """All in one guest: to start it takes longer than they do."""
        guest = f"/usr/bin/python3 {HERE}/window_sync_guest.py --drm {cls.node}"
        script = "; ".join(f"{guest} {fake} -- {PROBE} {cls.node} {FRAMES} {probe}" for fake, probe in RUNS.values())
        result = case.run_vm(script, "--vgem", "--time-limit", "400", "--env", f"DRMSHOW_BUILD={harness.BUILD}",
                             *cls.display)
        case.assertEqual(result.code, 0, result.err + result.out)
        cls.runs = dict(zip(RUNS, map(Run, result.out.splitlines()), strict=True))

    def setUp(self) -> None:
        super().setUp()
        if not hasattr(type(self), "runs"):
            self.make_runs(self)

    def all_shown(self, name: str) -> Run:
        run = self.runs[name]
        self.assertEqual((run.code, run.violations), (0, []), run.said)
        self.assertIn("linear", run.said)
        self.assertEqual(run.pixels(), list(range(1, FRAMES + 1)), "each frame, in order, when it was drawn")
        self.assertEqual(run.count("shown"), FRAMES)
        return run

    def no_haste(self, run: Run) -> None:
        """wait() returns when something is to be done."""
        self.assertLess(run.count("waits"), 8 * FRAMES)


class Timelines(OnADriver):
    display = TIMELINES
    node = "/dev/dri/card0"

    def test_frames_come_with_points(self):
        for name in ("plain", "released at once"):
            run = self.all_shown(name)
            self.assertEqual(run.count("explicit"), 1)
            for point in ("acquire", "release"):
                self.assertEqual([frame[point] for frame in run.frames], list(range(1, FRAMES + 1)))
            self.no_haste(run)

    def test_the_compositor_waits_for_what_is_drawn_late(self):
        run = self.all_shown("late fences")
        # Whoever comes after a late one was submitted, and begun, while that was waited for.
        self.assertGreaterEqual(sum(frame["waited_ns"] > 0 for frame in run.frames), 1)
        self.no_haste(run)

    def test_slots_come_back_by_their_points(self):
        run = self.all_shown("released late")
        self.no_haste(run)
        last_of: dict[int, int] = {}  # by buffer: its last commit
        for frame in run.frames:
            before = last_of.get(frame["buffer"])
            if before is not None:
                self.assertLess(run.releases[before], frame["time_ns"])
            last_of[frame["buffer"]] = frame["commit"]
        self.assertLessEqual(len(last_of), 4)
        seconds = (run.frames[-1]["time_ns"] - run.frames[0]["time_ns"]) / 1e9
        self.assertGreater(seconds, (FRAMES / len(last_of) - 1) * LATE_RELEASE_MS / 1e3, "releases pace it")

    def test_a_later_release_says_nothing_of_earlier_ones(self):
        run = self.all_shown("released out of order")
        commits = [commit for commit, _ in sorted(run.releases.items(), key=lambda item: item[1])]
        self.assertNotEqual(commits, sorted(commits), "the compositor has done what it was to do")
        self.no_haste(run)

    def test_it_rests_without_releases(self):
        run = self.runs["never released"]
        self.assertEqual((run.code, run.violations, run.releases), (0, [], {}))
        self.assertEqual(run.pixels(), [1, 2, 3])
        self.assertLess(run.count("waits"), 50)


class NoTimelines(OnADriver):
    display = NO_TIMELINES
    node = "/dev/dri/card1"

    def test_the_memory_and_the_protocol_say_enough(self):
        for name in ("plain", "late fences", "released at once", "released late", "released out of order"):
            run = self.all_shown(name)
            self.assertEqual(run.count("explicit"), 0, name)
            self.assertNotIn("acquire", run.frames[0])
            self.no_haste(run)

    def test_the_compositor_waits_for_the_memory(self):
        self.assertGreaterEqual(sum(frame["waited_ns"] > 0 for frame in self.runs["late fences"].frames), 1)

    def test_it_rests_without_releases(self):
        self.assertEqual(self.runs["never released"].pixels(), [1, 2, 3])


if __name__ == "__main__":
    harness.main()
