#!/usr/bin/env python3
"""weston in a guest: as the DRM master of a virtual display (vkms_weston.py), and with OpenGL, which takes dmabufs
(dmabuf_guest.py)."""
import json
import pathlib
import shutil
import sys
import unittest

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "device"), str(HERE.parent / "vm")]

import harness  # noqa: E402
import mesa  # noqa: E402
import vkms_weston  # noqa: E402
import weston  # noqa: E402

ON_WESTON = f"/usr/bin/python3 {HERE}/vkms_weston.py"
SHM = shutil.which("weston-simple-shm")


@unittest.skipIf(vkms_weston.missing(), f"not installed: {vkms_weston.missing()}")
class OnVkms(harness.DeviceTest):
    def test_it_is_the_master_and_has_a_client(self):
        client = f"cat {vkms_weston.CLIENTS}; WAYLAND_DEBUG=1 timeout -s KILL 2 {SHM} 2>&1; exit 7"
        result = self.run_vm(f"{ON_WESTON} sh -c '{client}'", "--vt", "3")
        self.assertEqual(result.code, 7, result.err)
        self.assertRegex(result.out, r"weston +\d+ +0 +y ")
        self.assertGreater(result.out.count("wl_callback@"), 20, result.out)

    def test_what_does_not_start_says_why(self):
        result = self.run_vm(f"rm -r /dev/dri; {ON_WESTON} true", "--vt", "3")
        self.assertNotEqual(result.code, 0)
        self.assertIn("weston does not start", result.err)


@unittest.skipUnless(weston.PROGRAM, "weston is not installed")
class Dmabufs(harness.DeviceTest):
    def test_weston_shows_what_is_drawn_into_a_dmabuf(self):
        result = self.run_vm(f"exec /usr/bin/python3 {HERE}/dmabuf_guest.py", "--env",
                             f"MESA_GL={json.dumps(mesa.environment())}")
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("(255, 128, 0) 16384 of 16384", result.out)
        self.assertIn("(0, 64, 255) 16384 of 16384", result.out)


if __name__ == "__main__":
    harness.main()
