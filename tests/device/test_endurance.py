#!/usr/bin/env python3
"""Nothing left open and no crash, over many rounds and every failing allocation of the kernel."""
import harness
from harness import BUILD, DeviceTest

ENDURANCE = BUILD / "tests" / "device" / "endurance"


class Endurance(DeviceTest):
    def check_leaks(self, what: str) -> None:
        result = self.run_vm(f"{ENDURANCE} leaks {what}", "--outputs", "2")
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("nothing left open", result.out)

    def check_failures(self, what: str) -> None:
        # Allocations that may wait fail too; without a stack trace for each.
        settings = ("cd /sys/kernel/debug/failslab; echo N > ignore-gfp-wait; echo 0 > verbose; "
                    "cd - > /dev/null")
        result = self.run_vm(f"{settings}; {ENDURANCE} failures {what}", "--time-limit", "400")
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("failed one by one", result.out)

    def test_no_picture_leaves_anything_open(self):
        self.check_leaks("picture")

    def test_no_frames_leave_anything_open(self):
        self.check_leaks("frames")

    def test_every_allocation_failure_of_the_kernel_around_a_picture(self):
        self.check_failures("picture")

    def test_every_allocation_failure_of_the_kernel_around_frames(self):
        self.check_failures("frames")


if __name__ == "__main__":
    harness.main()
