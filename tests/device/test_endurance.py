#!/usr/bin/env python3
"""Nothing left open and no crash, over many rounds and every failing allocation of the kernel."""
import harness
from harness import BUILD, DeviceTest

ENDURANCE = BUILD / "tests" / "device" / "endurance"


class Endurance(DeviceTest):
    def test_nothing_is_left_open(self):
        result = self.run_vm(f"{ENDURANCE} leaks", "--outputs", "2")
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("nothing left open", result.out)

    def test_every_allocation_failure_of_the_kernel(self):
        # Allocations that may wait fail too; without a stack trace for each.
        settings = ("cd /sys/kernel/debug/failslab; echo N > ignore-gfp-wait; echo 0 > verbose; "
                    "cd - > /dev/null")
        result = self.run_vm(f"{settings}; {ENDURANCE} failures", "--time-limit", "300")
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("failed one by one", result.out)


if __name__ == "__main__":
    harness.main()
