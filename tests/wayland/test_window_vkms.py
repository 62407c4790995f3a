#!/usr/bin/env python3
"""drm-show in guests: beside a compositor that is DRM master, after it, and in one that takes dmabufs."""
import json
import pathlib
import shlex
import sys
import unittest

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "device"), str(HERE.parent / "vm")]

import harness  # noqa: E402
import mesa  # noqa: E402
import vkms_weston  # noqa: E402

ON_WESTON = f"/usr/bin/python3 {HERE}/vkms_weston.py"
IN_GL = f"/usr/bin/python3 {HERE}/window_guest.py"
SIZE = "640x480"
BUILT = "--env", f"DRMSHOW_BUILD={harness.BUILD}"  # a seat for weston


@unittest.skipIf(vkms_weston.missing(), f"not installed: {vkms_weston.missing()}")
class Choice(harness.DeviceTest):
    def test_a_window_beside_a_master_and_displays_after_it(self):
        # The socket outlives the compositor, as its variables do in a shell.
        script = (f"{ON_WESTON} sh -c '$SHOW --duration 1; env | grep -E \"WAYLAND_|XDG_RUN\" > /tmp/env' || exit 3; "
                  "set -a; . /tmp/env; $SHOW --duration 0.3")
        result = self.run_vm(script, "--vt", "3", *BUILT)
        self.assertEqual(result.code, 0, result.err + result.out)
        beside, after = result.out.split("Backend: kms: ")
        self.assertIn("Backend: wayland: another program is DRM master on card0", beside)
        self.assertIn("Showing card on window: 819x460", beside)  # four fifths of 1024
        self.assertRegex(after, r"^no compositor answers at .*\nShowing card on Virtual-1: ")

    def test_who_wants_displays_is_told_who_has_them(self):
        result = self.run_vm(f"{ON_WESTON} $SHOW --backend kms --no-vt --duration 1", "--vt", "3", *BUILT)
        self.assert_fails(result, 5, "weston", "--backend wayland")


@unittest.skipIf(vkms_weston.missing(), f"not installed: {vkms_weston.missing()}")
class Dmabufs(harness.DeviceTest):
    def show_in_gl(self, *arguments: str) -> harness.Result:
        command = shlex.join([str(harness.SHOW), "--backend", "wayland", "--fullscreen", *arguments])
        return self.run_vm(f"exec {IN_GL} {self.expected('card', SIZE)} {command}",
                           "--env", f"MESA_GL={json.dumps(mesa.environment())}", *BUILT, *harness.vulkan_environment())

    def test_what_vulkan_draws_is_shown_from_its_memory(self):
        result = self.show_in_gl("--render", "vulkan", "--pattern", "card", "--no-label", "-v")
        self.assertEqual(result.code, 0, result.err + result.out)
        self.assertIn("dmabufs", result.out)
        self.assertIn("framebuffers are XRGB8888 (XR24), linear", result.out)
        self.assert_valid_vulkan(result.out, result.err)

    def test_what_the_processor_draws_is_in_shared_memory(self):
        result = self.show_in_gl("--pattern", "card", "--no-label")
        self.assertEqual(result.code, 0, result.err + result.out)
        self.assertIn("shared memory", result.out)


if __name__ == "__main__":
    harness.main()
