#!/usr/bin/env python3
"""Keys that are really pressed, switches between drm-show and text consoles that are really there, and
the screen seen from outside. console_real_keys.py and console_suspend.py are what happens in the guest."""
import pathlib

import harness
from harness import DeviceTest

HERE = pathlib.Path(__file__).parent
NO_SUSPEND = 77


class RealConsole(DeviceTest):
    def run_guest(self, name: str, display: str) -> harness.Result:
        return self.run_vm(f"exec /usr/bin/python3 {HERE}/{name}", "--display", display, "--resolution", "1024x768",
                           "--vt", "3", "--env", f"BUILD={harness.BUILD}", "--time-limit", "90")

    def test_keys_and_switches(self):
        result = self.run_guest("console_real_keys.py", "virtio-gpu")
        self.assertEqual(result.code, 0, result.out + result.err)
        for shot, pattern in (("card", "card"), ("back", "smpte")):
            self.assert_same_picture(self.expected(pattern, "1024x768"), result.shot(shot))
        for text, shot in (("text-2", "away"), ("text-3", "after")):
            self.assert_same_picture(result.shot(text), result.shot(shot))

    def test_suspended_and_woken(self):
        # Not virtio-gpu: with Linux 6.1 its screen is black after that.
        result = self.run_guest("console_suspend.py", "bochs")
        if result.code == NO_SUSPEND:
            self.skipTest("this kernel cannot test its suspend")
        self.assertEqual(result.code, 0, result.out + result.err)
        for shot, pattern in (("devices", "ebu"), ("core", "ebu"), ("next", "bars100")):
            self.assert_same_picture(self.expected(pattern, "1024x768"), result.shot(shot))
        self.assert_same_picture(result.shot("text"), result.shot("after"))


if __name__ == "__main__":
    harness.main()
