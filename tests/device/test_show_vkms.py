#!/usr/bin/env python3
"""drm-show on vkms: what was scanned out, pixel by pixel, as its writeback connectors saw it."""
import json
import re
import subprocess

import harness
from harness import SAVE_STATE, SHOW, DeviceTest

CARD = ("Virtual-1", "1024x768 @ 60.00 Hz", "vkms · card0")
MOVING = ("bounce", "scroll", "clock", "zone")  # test_frames_vkms is about these
PATTERNS = [line.split()[0] for line in
            subprocess.run([SHOW, "--list-patterns"], capture_output=True, text=True,
                           check=True).stdout.splitlines()
            if ":" not in line.split()[0] and line.split()[0] not in MOVING]

def topology(crtcs: int, encoders: list[list[int]]) -> str:
    """A device whose output i has an encoder of its own that these CRTCs can drive."""
    return json.dumps({
        "crtcs": [{"name": f"c{i}"} for i in range(crtcs)],
        "planes": [{"name": f"p{i}", "type": "primary", "possible_crtcs": [f"c{i}"]}
                   for i in range(crtcs)],
        "encoders": [{"name": f"e{i}", "possible_crtcs": [f"c{c}" for c in possible]}
                     for i, possible in enumerate(encoders)],
        "connectors": [{"name": f"n{i}", "possible_encoders": [f"e{i}"]}
                       for i in range(len(encoders))],
    })


# The first output could use either CRTC, the second only CRTC 0.
CHOOSY = topology(2, [[0, 1], [0]])
ONE_CRTC = topology(1, [[0], [0]])


class Pictures(DeviceTest):
    def test_without_arguments_the_card_is_on_every_output(self):
        result = self.show(options=("--outputs", "2"))
        self.assertEqual(result.code, 0, result.err)
        for i, name in enumerate(("Virtual-1", "Virtual-2")):
            self.assert_same_picture(self.expected("card", "1024x768", name, *CARD[1:]),
                                     result.shot(f"shot-{i}"))
            self.assertRegex(result.out, rf"(?m)^Showing card on {name}: 1024x768 @ 60.00 Hz")

    def test_every_pattern_arrives_as_it_was_drawn(self):
        script = "; ".join(f"show-and-grab {name} -- $SHOW --no-label --pattern {name}"
                           for name in PATTERNS)
        result = self.run_vm(script, "--time-limit", "180")
        self.assertEqual(result.code, 0, result.err)
        self.assertGreater(len(PATTERNS), 10)
        for name in PATTERNS:
            self.assert_same_picture(self.expected(name, "1024x768"), result.shot(name))

    def test_a_picture_of_the_screens_size_is_shown_pixel_by_pixel(self):
        photo = self.expected("zone-plate", "1024x768")
        result = self.show(str(photo))
        self.assertEqual(result.code, 0, result.err)
        self.assert_same_picture(photo, result.shot("shot"))

    def test_a_picture_for_each_output(self):
        left = self.expected("ebu", "1024x768").rename(self.scratch / "left.png")
        right = self.expected("grid", "1024x768").rename(self.scratch / "right.png")
        result = self.show("left.png", "right.png", options=("--outputs", "2"))
        self.assertEqual(result.code, 0, result.err)
        self.assert_same_picture(left, result.shot("shot-0"))
        self.assert_same_picture(right, result.shot("shot-1"))

    def test_every_size_of_mode_is_filled(self):
        modes = ("640x480@59.94", "800x600@60.32", "1280x720@60.00", "1920x1080@60.00")
        script = "; ".join(f"show-and-grab {mode.replace('@', '_')} -- $SHOW --no-label --pattern grid --mode {mode}"
                           for mode in modes)
        result = self.run_vm(script)
        self.assertEqual(result.code, 0, result.err)
        for mode in modes:
            self.assert_same_picture(self.expected("grid", mode.split("@")[0]), result.shot(mode.replace("@", "_")))


class Choice(DeviceTest):
    def test_only_the_chosen_output_is_lit(self):
        result = self.show("--output", "Virtual-2", options=("--outputs", "2"))
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("Virtual-2", result.out)
        self.assertNotIn("Virtual-1", result.out)
        self.assert_same_picture(self.expected("card", "1024x768", "Virtual-2", *CARD[1:]),
                                 result.shot("shot-1"))

    def test_conflicting_encoders_are_solved(self):
        result = self.show(options=("--vkms", CHOOSY))
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("card on Virtual-1", result.out)
        self.assertIn("card on Virtual-2", result.out)
        # Virtual-2 can only be on CRTC 0.
        self.assert_same_picture(self.expected("card", "1024x768", "Virtual-2", *CARD[1:]),
                                 result.shot("shot-0"))

    def test_an_output_that_must_stay_dark_is_named(self):
        result = self.show(options=("--vkms", ONE_CRTC))
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("Virtual-2 stays dark: every CRTC it could use is needed by Virtual-1",
                      result.err)

    def test_list_modes(self):
        result = self.run_vm("$SHOW --list-modes")
        self.assertEqual(result.code, 0, result.err)
        self.assertRegex(result.out, r"(?m)^card0 \(vkms\)$")
        self.assertRegex(result.out, r"(?m)^Virtual-1: connected")
        self.assertRegex(result.out, r"(?m)^ +#0  1024x768@60.00  preferred$")
        self.assertRegex(result.out, r"(?m)^ +#\d+  4096x2160@59.94$")

    def test_a_mode_by_number(self):
        result = self.run_vm("$SHOW --dry-run --mode '#1'; $SHOW --list-modes")
        number_one = re.search(r"#1  (\d+x\d+)@", result.out).group(1)
        self.assertIn(f"Virtual-1: {number_one} @", result.out)

    def test_devices_by_name_driver_and_path(self):
        result = self.run_vm("for d in card0 vkms /dev/dri/card0; do $SHOW --dry-run -d $d; done")
        self.assertEqual(result.code, 0, result.err)
        self.assertEqual(result.out.count("The driver accepts this"), 3)


class Legacy(DeviceTest):
    def test_the_same_picture_without_atomic(self):
        result = self.show("--legacy", options=("--outputs", "2"))
        self.assertEqual(result.code, 0, result.err)
        for i, name in enumerate(("Virtual-1", "Virtual-2")):
            self.assert_same_picture(self.expected("card", "1024x768", name, *CARD[1:]),
                                     result.shot(f"shot-{i}"))

    def test_a_driver_without_atomic_gets_it_by_itself(self):
        # The kernel denies atomic mode setting to programs whose name begins with X.
        result = self.run_vm("cp $SHOW ./Xshow; ./Xshow -v --duration 0.1")
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("Legacy mode setting:", result.out)

    def test_a_dry_run_says_that_it_cannot_ask(self):
        result = self.run_vm("$SHOW --legacy --dry-run")
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("cannot be asked", result.out)


class Ending(DeviceTest):
    def assert_restores(self, command: str) -> None:
        result = self.run_vm(f"{SAVE_STATE} before; {command}; code=$?; save_state after; "
                             "cmp before after && exit $code")
        self.assertEqual(result.code, 0, result.err + result.out)

    def test_signals_end_it_with_everything_restored(self):
        for signal in ("TERM", "INT", "HUP", "QUIT"):
            with self.subTest(signal):
                self.assert_restores(f"env --default-signal={signal} $SHOW --mode 800x600 > out & show=$!; while ! grep -q Showing "
                                     f"out; do sleep 0.05; done; kill -{signal} $show; wait $show")

    def test_the_duration_ends_it(self):
        result = self.run_vm("t=$(date +%s%N); $SHOW --duration 0.7; c=$?; "
                             "echo took $((($(date +%s%N) - t) / 1000000)); exit $c")
        self.assertEqual(result.code, 0, result.err)
        took = int(re.search(r"took (\d+)", result.out).group(1))
        self.assertTrue(700 <= took < 3000, took)

    def test_legacy_restores_too(self):
        self.assert_restores("$SHOW --legacy --mode 800x600 --duration 0.1")

    def test_the_previous_picture_of_another_client_comes_back(self):
        # Another program's picture stays on the CRTC while it is not master.
        result = self.run_vm(
            "python3 $TESTS/hold_picture.py $BUILD/examples/02-gradient",
            "--env", f"TESTS={harness.ROOT}/tests/device", "--env", f"BUILD={harness.BUILD}")
        self.assertEqual(result.code, 0, result.err + result.out)

    def test_keys_end_it(self):
        for key, code in (("q", 0), ("\\033", 0)):
            with self.subTest(key):
                result = self.run_vm(f"python3 $TESTS/press.py '{key}' $SHOW",
                                     "--env", f"TESTS={harness.ROOT}/tests/device")
                self.assertEqual(result.code, code, result.err + result.out)
                self.assertIn("q, Esc or Ctrl-C ends it.", result.out)
                self.assertIn("terminal restored", result.out)

    def test_an_arrow_key_does_not_end_it(self):
        result = self.run_vm("python3 $TESTS/press.py '\\033[A' $SHOW --duration 1",
                             "--env", f"TESTS={harness.ROOT}/tests/device")
        self.assertEqual(result.code, 0, result.err + result.out)
        self.assertIn("lived on", result.out)


if __name__ == "__main__":
    harness.main()
