#!/usr/bin/env python3
"""A user without any permission of their own shows a picture through libseat and seatd, and the
virtual terminal comes back whoever dies. on_seatd.py has what happens in the guest."""
import shutil
import unittest

import harness
from harness import DeviceTest

HOLD = harness.BUILD / "tests" / "device" / "hold-libseat"
GUEST = harness.ROOT / "tests" / "device" / "on_seatd.py"


@unittest.skipUnless(HOLD.exists(), "built without libseat")
@unittest.skipUnless(shutil.which("seatd", path="/usr/sbin:/usr/bin"), "seatd is not installed")
class Seatd(DeviceTest):
    def holds(self, scenario: str, *options: str) -> harness.Result:
        result = self.run_vm(f"PATH=$PATH:/usr/sbin exec /usr/bin/python3 {GUEST} {scenario} {HOLD}",
                             "--vt", "3", *options)
        self.assertEqual(result.code, 0, result.out + result.err)
        return result

    def test_a_user_shows_a_picture_and_the_keyboard_works(self):
        result = self.holds("picture")
        self.assert_same_picture(self.expected("grid", "1024x768"), result.shot("shown"))

    def test_virtual_terminals_are_switched_away_and_back(self):
        result = self.holds("switched")
        self.assert_same_picture(self.expected("grid", "1024x768"), result.shot("shown"))

    def test_killed_the_manager_restores_the_terminal(self):
        self.holds("killed")

    def test_without_the_manager_we_restore_it_and_say_why_we_end(self):
        self.holds("manager_killed")

    def test_a_device_that_was_only_looked_at_is_closed(self):
        self.holds("looked_at_only", "--vgem")

    def test_who_may_not_ask_the_manager_is_told_what_to_do(self):
        self.holds("refused")


if __name__ == "__main__":
    harness.main()
