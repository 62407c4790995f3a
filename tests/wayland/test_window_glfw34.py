#!/usr/bin/env python3
"""A part of the window tests with GLFW 3.4, where this machine's own is 3.3: with Debian 13's, in the cache (glfw.py).
Where it is newer all window tests run with that anyhow."""
import os
import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "device"), str(HERE.parent / "vm")]

import glfw  # noqa: E402
import harness  # noqa: E402
import test_window as real  # noqa: E402
import test_window_faults as fake  # noqa: E402
from trouble import Trouble  # noqa: E402
from window_rules import IS_34  # noqa: E402

# What GLFW has a part in: connecting, what the compositor lacks, sizes, scales, keys, and its own work each frame.
PARTS = (real.OnSway, fake.Economy, fake.Events, fake.Geometry, fake.Keys, fake.Missing)
OF_WESTON = "test_a_window_shows_what_displays_show", "test_without_a_seat_it_shows_or_says_what_glfw_needs"


class Version(harness.DeviceTest):
    def test_it_is_the_one_that_is_meant(self):
        self.assertTrue(IS_34)
        with fake.Fake() as compositor:
            with compositor.client([harness.SHOW, "--backend", "wayland", "--frames", "3", "-v"]) as client:
                self.assertEqual(client.wait(10), 0, client.tail())
                self.assertRegex(client.text(), r"(?m)^Window: GLFW 3\.4")


def load_tests(loader: unittest.TestLoader, own: unittest.TestSuite, _pattern: str | None) -> unittest.TestSuite:
    return unittest.TestSuite([own, *map(loader.loadTestsFromTestCase, PARTS), *map(real.OnWeston, OF_WESTON)])


def start_anew() -> None:
    """With GLFW 3.4, for us as for who is started by us."""
    try:
        settings = glfw.environment()
    except Trouble as trouble:
        print(f"1..0 # SKIP {str(trouble).splitlines()[0]}")
        sys.exit()
    if settings.items() <= os.environ.items():
        return
    os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **settings})


if __name__ == "__main__":
    start_anew()
    harness.main()
