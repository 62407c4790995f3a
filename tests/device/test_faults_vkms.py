#!/usr/bin/env python3
"""The fault matrix on vkms: whatever happens to drm-show, the console is as it was before."""
import shutil
import unittest

import harness
from faults_table import FaultTest


class FaultsVkms(FaultTest):
    def check(self, *groups: str, options: tuple[str, ...] = ()) -> None:
        self.run_faults(list(groups), "uml-vkms", "--time-limit", "300", *options)

    def test_ways_to_die(self):
        self.check("crashes")

    def test_the_guard(self):
        self.check("guard")

    def test_resources(self):
        self.check("resources")

    def test_out_of_memory(self):
        self.check("memory", options=("--memory", "160M"))

    def test_virtual_terminals(self):
        self.check("vt")

    @unittest.skipUnless((harness.BUILD / "tests/device/hold-libseat").exists(), "built without libseat")
    @unittest.skipUnless(shutil.which("seatd", path="/usr/sbin:/usr/bin"), "seatd is not installed")
    def test_a_seat_manager(self):
        self.check("seatd")

    def test_other_masters_and_cables(self):
        self.check("master", "cable", "removal")


if __name__ == "__main__":
    harness.main()
