#!/usr/bin/env python3
"""Timelines that explicit synchronization with a compositor shares with it, on a driver that has them
(virtio-gpu since Linux 6.7) and on one that has not."""
import harness
from harness import BUILD, DeviceTest

PROBE = BUILD / "tests" / "device" / "sync-timeline-probe"


class SyncTimelineQemu(DeviceTest):
    def test_points_pass_in_both_processes(self):
        result = self.run_vm(f"{PROBE} /dev/dri/card0", "--display", "virtio-gpu", "--kernel", "6.12")
        self.assertEqual((result.code, result.out.strip()), (0, "timelines work"), result.err)

    def test_a_driver_without_them_says_so(self):
        result = self.run_vm(f"{PROBE} /dev/dri/card0", "--display", "uml-vkms")
        self.assertEqual(result.code, 11, result.out + result.err)
        self.assertIn("the GPU's driver has no timelines", result.out)


if __name__ == "__main__":
    harness.main()
