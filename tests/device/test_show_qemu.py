#!/usr/bin/env python3
"""drm-show on Debian's stock kernels, on the displays that QEMU has: the screen seen from outside,
and the text console before and after."""
import harness
from harness import DeviceTest

# The console shows text before; drm-show shows the card; then the console is as it was.
SCRIPT = ("echo hello from the text console > /dev/tty1; vm-screenshot before; "
          "show-and-grab shown -- $SHOW {arguments}; code=$?; "
          "vm-screenshot after; exit $code")


class Qemu(DeviceTest):
    def check(self, display: str, driver: str, *options: str, arguments: str = "",
              size: str = "1024x768", outputs: int = 1, tolerance: int = 0,
              connector: str = "Virtual") -> None:
        result = self.run_vm(SCRIPT.format(arguments=arguments), "--display", display, "--outputs",
                             str(outputs), "--time-limit", "180", *options)
        self.assertEqual(result.code, 0, result.err)
        for i in range(outputs):
            suffix = f"-{i}" if outputs > 1 else ""
            self.assertIn(f"Showing card on {connector}-{i + 1}: {size} @ ", result.out)
            rate = result.out.split(f"{connector}-{i + 1}: {size} @ ")[1].split(" Hz")[0]
            card = self.expected("card", size, f"{connector}-{i + 1}", f"{size} @ {rate} Hz",
                                 f"{driver} · card0")
            self.assert_same_picture(card, result.shot(f"shown{suffix}"), tolerance)
            self.assert_same_picture(result.shot(f"before{suffix}"), result.shot(f"after{suffix}"))

    def test_virtio_gpu(self):
        self.check("virtio-gpu", "virtio_gpu", "--resolution", "1024x768")

    def test_virtio_gpu_with_two_outputs(self):
        self.check("virtio-gpu", "virtio_gpu", "--resolution", "1024x768", outputs=2)

    def test_virtio_gpu_legacy(self):
        self.check("virtio-gpu", "virtio_gpu", "--resolution", "1024x768", arguments="--legacy")

    def test_virtio_gpu_in_another_mode(self):
        self.check("virtio-gpu", "virtio_gpu", "--resolution", "1024x768", arguments="--mode 800x600",
                   size="800x600")

    def test_virtio_gpu_on_linux_6_12(self):
        self.check("virtio-gpu", "virtio_gpu", "--resolution", "1024x768", "--kernel", "6.12")

    def test_virtio_gpu_on_linux_7_2(self):
        self.check("virtio-gpu", "virtio_gpu", "--resolution", "1024x768", "--kernel", "7.2")

    def test_bochs(self):
        self.check("bochs", "bochs-drm", "--resolution", "1024x768")

    def test_qxl(self):
        self.check("qxl", "qxl")

    def test_cirrus(self):
        self.check("cirrus", "cirrus", connector="VGA", tolerance=8)  # shows 16 bits a pixel

    def test_the_device_is_pulled_out(self):
        result = self.run_vm("$SHOW > out & show=$!; while ! grep -q Showing out; do sleep 0.2; "
                             "done; vm-remove; wait $show", "--display", "bochs")
        self.assert_fails(result, 9, "was removed")


if __name__ == "__main__":
    harness.main()
