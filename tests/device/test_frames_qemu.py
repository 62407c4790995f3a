#!/usr/bin/env python3
"""Frames on Debian's stock kernels, on the displays that QEMU has: drivers without vertical blanks, and
with, without atomic mode setting, and a device that is pulled out while it flips. The screen is seen
from outside."""
import json
import subprocess

import harness
from harness import BUILD, DeviceTest

ANIMATION = BUILD / "tests" / "golden" / "render-animation"
REPLAY = BUILD / "tests" / "model" / "frame-ring-replay"

# While frames move: what the screen shows, from outside. Then so many frames, counted.
SCRIPT = ("echo hello from the text console > /dev/tty1; vm-screenshot before; "
          "show-and-grab moving -- $SHOW --pattern bounce --fps 20 --no-label {arguments}; "
          "$SHOW --pattern bounce --frames 60 --stats=json --ring-log $VM_OUT/ring.log {arguments}; "
          "code=$?; vm-screenshot after; exit $code")


class FramesQemu(DeviceTest):
    def check(self, display: str, *options: str, arguments: str = "", whole: bool = True) -> list[dict]:
        out = self.scratch / "out"
        result = self.run_vm(SCRIPT.format(arguments=arguments), "--display", display, "--out", str(out),
                             "--time-limit", "240", *options)
        self.assertEqual(result.code, 0, result.out + result.err)
        outputs = json.loads(next(line for line in result.out.splitlines() if line.startswith("{")))["outputs"]
        for i, output in enumerate(outputs):
            suffix = f"-{i}" if len(outputs) > 1 else ""
            self.assertEqual(output["frames"]["shown"], 60)
            self.assertEqual(output["frames"]["cancelled"], 0)
            if whole:
                self.assert_is_one_frame(result.shot(f"moving{suffix}"))
            self.assert_same_picture(result.shot(f"before{suffix}"), result.shot(f"after{suffix}"))
        done = subprocess.run([REPLAY, out / "ring.log"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return outputs

    def assert_is_one_frame(self, shot) -> None:
        read = subprocess.run([ANIMATION, "--read", shot], capture_output=True, text=True, check=False)
        self.assertEqual(read.returncode, 0, read.stderr)
        number = int(read.stdout)
        expected = self.scratch / "expected.png"
        subprocess.run([ANIMATION, "bounce", "1024x768", str(number), repr((number - 1) / 20), expected],
                       check=True)
        self.assert_same_picture(expected, shot)

    def assert_not_too_fast(self, outputs: list[dict]) -> None:
        """At the rate of the mode at most, though events come at once."""
        for output in outputs:
            self.assertGreater(output["interval"]["median_us"], 10_000)

    def test_virtio_gpu(self):
        self.assert_not_too_fast(self.check("virtio-gpu", "--resolution", "1024x768"))

    def test_virtio_gpu_with_two_outputs(self):
        outputs = self.check("virtio-gpu", "--resolution", "1024x768", "--outputs", "2")
        self.assertEqual(len(outputs), 2)

    def test_virtio_gpu_on_linux_7_2(self):
        self.assert_not_too_fast(self.check("virtio-gpu", "--resolution", "1024x768", "--kernel", "7.2"))

    def test_virtio_gpu_legacy_mailbox(self):
        self.check("virtio-gpu", "--resolution", "1024x768", arguments="--legacy --present mailbox")

    def test_bochs(self):
        self.assert_not_too_fast(self.check("bochs", "--resolution", "1024x768"))

    def test_qxl(self):
        self.check("qxl")

    def test_cirrus(self):
        # Its driver copies each frame into the one that is scanned out: there is no whole one to see.
        self.check("cirrus", whole=False)

    def test_the_device_is_pulled_out_while_it_flips(self):
        result = self.run_vm("$SHOW --pattern bounce > out & show=$!; while ! grep -q Showing out; do "
                             "sleep 0.2; done; sleep 1; vm-remove; wait $show", "--display", "bochs")
        self.assert_fails(result, 9, "card0 (bochs-drm)")


if __name__ == "__main__":
    harness.main()
