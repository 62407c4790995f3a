#!/usr/bin/env python3
"""What all tests with Vulkan rely on: a driver that shares its images, and a layer that tells of mistakes."""

import os
import subprocess
import unittest

import harness

MISTAKES = harness.BUILD / "tests" / "device" / "vulkan-mistakes"
# What the layer has to say about each.
SAYS = {"leak": "VUID-vkDestroyDevice-device", "hazard": "SYNC-HAZARD-WRITE-AFTER-WRITE"}


class Lavapipe(harness.DeviceTest):
    def test_images_are_shared_in_the_guest(self):
        result = self.run_vm(f"ls /dev/udmabuf; {MISTAKES} none", *harness.vulkan_environment())
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("driver: llvmpipe", result.out)
        self.assertIn("dmabufs: export import", result.out)
        self.assert_valid_vulkan(result.out, result.err)


class Validation(unittest.TestCase):
    """Rendering needs no guest: these run right here."""

    def messages(self, mistake: str) -> list[str]:
        done = subprocess.run([MISTAKES, mistake], env=os.environ | harness.vulkan_settings(),
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return harness.validation_messages(done.stdout + done.stderr)

    def test_no_mistake_no_message(self):
        self.assertEqual(self.messages("none"), [])

    def test_each_mistake_is_told(self):
        for mistake, says in SAYS.items():
            with self.subTest(mistake):
                self.assertIn(says, "\n".join(self.messages(mistake)))


if __name__ == "__main__":
    harness.main()
