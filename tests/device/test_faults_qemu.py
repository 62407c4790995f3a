#!/usr/bin/env python3
"""The fault matrix on Debian's stock kernels, on the displays that QEMU has: the text is on the screen again."""
import harness
from faults_table import FaultTest

FAULTS = ["SIGTERM", "SIGSEGV", "SIGKILL", "stopped, then killed", "supervisor killed, then the program",
          "both killed, then a VT switch", "OOM kill", "VT switched 200 times while flipping",
          "killed and ended while another VT is shown", "device removed"]
# Enough where the driver's part in it is much the same.
FEWER = ["SIGKILL", "stopped, then killed", "supervisor killed, then the program",
         "killed and ended while another VT is shown", "device removed"]
SLOWER = 8  # than User-Mode Linux: every instruction is emulated


class FaultsQemu(FaultTest):
    def check(self, display: str, faults: list[str], *options: str) -> None:
        self.run_faults([f"={name}" for name in faults], display, "--time-limit", "240", *options, slow=SLOWER)

    def test_virtio_gpu(self):
        self.check("virtio-gpu", FAULTS, "--resolution", "1024x768")

    def test_bochs(self):
        self.check("bochs", FAULTS, "--resolution", "1024x768")

    def test_qxl(self):
        self.check("qxl", FEWER)

    def test_cirrus(self):
        self.check("cirrus", FEWER)


if __name__ == "__main__":
    harness.main()
