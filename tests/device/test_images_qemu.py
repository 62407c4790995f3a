#!/usr/bin/env python3
"""Images that Vulkan draws into and the display shows without a copy, on other drivers than vkms: some know no
modifiers and take no foreign memory. What the screen shows is seen from outside. On Linux 6.1 there is no
udmabuf, so that lavapipe can take memory but not share its own."""
import os
import re
import subprocess

import harness
from harness import BUILD, SHOW, DeviceTest

PROBE = BUILD / "tests" / "device" / "scanout-image-probe"


class ImagesQemu(DeviceTest):
    def check(self, display: str, kernel: str, way: str, ways: list[str]) -> None:
        out = self.scratch / "out"
        script = (f"{PROBE} list 0 && show-and-grab got -- {PROBE} {way} 2 $VM_OUT/meant.png")
        result = self.run_vm(script, *harness.vulkan_environment(), "--display", display, "--kernel", kernel,
                             "--resolution", "1024x768", "--out", str(out), "--time-limit", "240")
        self.assert_valid_vulkan(result.out, result.err)
        self.assertEqual(result.code, 0, result.out + result.err)
        self.assertEqual(re.findall(r"^way (\w+) XRGB8888", result.out, re.MULTILINE), ways)
        self.assert_same_picture(out / "meant.png", result.shot("got"))

    def test_virtio_gpu_with_its_own_memory(self):
        self.check("virtio-gpu", "6.1", "display", ["display", "copy"])

    def test_bochs_with_the_gpus_memory(self):
        self.check("bochs", "7.2", "implicit", ["linear", "implicit", "display", "copy"])

    def test_a_shader_on_virtio_gpu(self):
        """drm-show itself, in the display's memory."""
        result = self.run_vm(f"show-and-grab got -- {SHOW} --shader gradient --mode 640x480 --fps 0.001 -v",
                             *harness.vulkan_environment(), "--display", "virtio-gpu", "--kernel", "6.1",
                             "--resolution", "1024x768", "--time-limit", "240")
        self.assert_valid_vulkan(result.out, result.err)
        self.assertEqual(result.code, 0, result.out + result.err)
        self.assertIn("framebuffers are XRGB8888 (XR24), display", result.out)
        drawn = self.scratch / "drawn"
        subprocess.run([SHOW, "--backend", "headless", "--output-dir", drawn, "--mode", "640x480", "--shader", "gradient"],
                       env=os.environ | harness.vulkan_settings(), check=True, stdout=subprocess.DEVNULL)
        self.assert_same_picture(drawn / "frame-000001.png", result.shot("got"))


if __name__ == "__main__":
    harness.main()
