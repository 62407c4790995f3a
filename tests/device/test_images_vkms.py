#!/usr/bin/env python3
"""Images that Vulkan draws into and the display shows without a copy, each rung of the ladder by itself:
what is scanned out is what was drawn, and nothing is left behind, also when a request fails."""
import re

import harness
from harness import BUILD, DeviceTest

PROBE = BUILD / "tests" / "device" / "scanout-image-probe"
FENCES = BUILD / "tests" / "device" / "fence-probe"
SHIM = BUILD / "tests" / "device" / "ioctl-shim.so"

# All memory that devices could share, in the whole system.
BUFINFO = "tail -n 1 /sys/kernel/debug/dma_buf/bufinfo"


class ImagesVkms(DeviceTest):
    def run_probe(self, script: str, *options: str) -> harness.Result:
        result = self.run_vm(script, *harness.vulkan_environment(), *options)
        self.assert_valid_vulkan(result.out, result.err)
        return result

    def check_shown(self, way: str) -> None:
        out = self.scratch / "out"
        result = self.run_probe(f"show-and-grab got -- {PROBE} {way} 4 $VM_OUT/meant.png; code=$?; {BUFINFO}; "
                                "exit $code", "--out", str(out))
        self.assertEqual(result.code, 0, result.out + result.err)
        self.assertIn("4 frames", result.out)
        self.assertIn("Total 0 objects", result.out)
        self.assert_same_picture(out / "meant.png", result.shot("got"))

    def test_ways_of_vkms(self):
        result = self.run_probe(f"{PROBE} list 0")
        self.assertEqual(result.code, 0, result.err)
        ways = re.findall(r"^way (\w+) XRGB8888", result.out, re.MULTILINE)
        self.assertEqual(ways, ["linear", "implicit", "display", "copy"])

    def test_linear(self):
        self.check_shown("linear")

    def test_implicit(self):
        self.check_shown("implicit")

    def test_memory_of_the_display(self):
        self.check_shown("display")

    def logged(self, arguments: str) -> tuple[list[str], list[str]]:
        out = self.scratch / "out"
        result = self.run_probe(f"LD_PRELOAD={SHIM} IOCTL_LOG=$VM_OUT/log {PROBE} {arguments}", "--out", str(out))
        self.assertEqual(result.code, 0, result.out + result.err)
        log = (out / "log").read_text()
        self.assertNotIn("failed", log)
        return re.findall(r"PRIME_FD_TO_HANDLE handle=(\d+)", log), re.findall(r"GEM_CLOSE handle=(\d+)", log)

    def test_each_handle_is_closed_once(self):
        imported, closed = self.logged("linear 3")
        self.assertEqual(len(imported), 3)
        self.assertEqual(closed, imported)

    def test_planes_that_share_a_buffer_share_a_handle(self):
        imported, closed = self.logged("planes 2")
        self.assertEqual(len(imported), 4)
        self.assertEqual(imported[0], imported[1])
        self.assertNotEqual(imported[2], imported[3])
        self.assertEqual(closed, [imported[0], *imported[2:]])

    def test_fences(self):
        result = self.run_probe(str(FENCES))
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("all is well", result.out)

    def check_failing(self, arguments: str) -> None:
        """Each of its requests fails once: it says so or does without, and leaves nothing behind."""
        result = self.run_probe(f"LD_PRELOAD={SHIM} IOCTL_ERRORS=22 CLOSING_WORKS=1 {PROBE} {arguments}", "--time-limit", "500")
        runs = re.findall(r"^RUN (\d+) \d+ (\d+)$", result.err, re.MULTILINE)
        self.assertGreater(len(runs), 20)
        self.assertEqual(runs[0][1], "0")
        self.assertEqual([line for line in result.err.splitlines() if "LEFT" in line], [])
        self.assertEqual([run for run in runs if run[1] not in ("0", "3")], [])
        self.assertGreater([run[1] for run in runs].count("3"), 5)

    def test_failing_requests_with_planes(self):
        self.check_failing("planes 2")

    def test_failing_requests_with_the_gpus_memory(self):
        self.check_failing("linear 2")

    def test_failing_requests_with_the_displays_memory(self):
        self.check_failing("display 2")


if __name__ == "__main__":
    harness.main()
