#!/usr/bin/env python3
"""The errors that strangers meet, each from its real cause: exit code, and what is said."""
import struct
import zlib

import harness
from harness import DeviceTest

USAGE, NO_DEVICE, NO_PERMISSION, MASTER_TAKEN, NO_OUTPUT, REFUSED, BAD_CONTENT, LOST = range(2, 10)
NOBODY = "65534"


def png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(
            ">I", zlib.crc32(kind + data))
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 100))


class Devices(DeviceTest):
    def test_no_dev_dri(self):
        result = self.run_vm("$SHOW", "--display", "none")
        self.assert_fails(result, NO_DEVICE, "no DRM device", "modprobe", "scripts/try")

    def test_permission_denied(self):
        result = self.run_vm("$SHOW", "--user", NOBODY)
        self.assert_fails(result, NO_PERMISSION, "cannot open /dev/dri/card0: Permission denied",
                          "group")

    def test_unknown_device(self):
        result = self.run_vm("$SHOW --device vkm")
        self.assert_fails(result, NO_DEVICE, 'there is no DRM device "vkm"', 'Did you mean "vkms"?')
        result = self.run_vm("$SHOW --device /dev/dri/card7")
        self.assert_fails(result, NO_DEVICE, "cannot open /dev/dri/card7: No such file")
        result = self.run_vm("$SHOW --device /dev/null")
        self.assert_fails(result, NO_DEVICE, "/dev/null is not a DRM device")

    def test_render_only_device(self):
        result = self.run_vm("$SHOW --device /dev/dri/renderD128", "--vgem")
        self.assert_fails(result, NO_DEVICE, "render node", "primary node")

    def test_another_master(self):
        result = self.run_vm("$SHOW > first & first=$!; while ! grep -q Showing first; do sleep 0.05; done; "
                             "$SHOW; code=$?; kill $first; wait $first || exit 99; exit $code")
        self.assert_fails(result, MASTER_TAKEN, "drm-show (pid ", "is DRM master on card0 (vkms)",
                          "free VT")

    def test_another_master_as_somebody_who_may_not_know_which(self):
        result = self.run_vm("chmod 666 /dev/dri/card0; umount /sys/kernel/debug; $SHOW > first & "
                             "while ! grep -q Showing first; do sleep 0.05; done; $SHOW")
        self.assert_fails(result, MASTER_TAKEN, "another program is DRM master on card0")

    def test_the_device_is_removed_while_showing(self):
        result = self.run_vm("$SHOW > out & show=$!; while ! grep -q Showing out; do sleep 0.05; "
                             "done; vm-remove; wait $show")
        self.assert_fails(result, LOST, "was removed")


class Outputs(DeviceTest):
    def test_nothing_connected(self):
        result = self.run_vm("vm-plug 0 off; $SHOW")
        self.assert_fails(result, NO_OUTPUT, "no device has a connected output")
        result = self.run_vm("vm-plug 0 off; $SHOW -d vkms")
        self.assert_fails(result, NO_OUTPUT, "no output is connected", "Virtual-1 (disconnected)")

    def test_the_chosen_one_is_not_connected(self):
        result = self.run_vm("vm-plug 1 off; $SHOW --output Virtual-2", "--outputs", "2")
        self.assert_fails(result, NO_OUTPUT, "nothing is connected to Virtual-2",
                          "Virtual-1 (connected)")

    def test_unknown_output(self):
        result = self.run_vm("$SHOW --output virtual1")
        self.assert_fails(result, NO_OUTPUT, 'there is no output "virtual1"',
                          'Did you mean "Virtual-1"?')

    def test_unknown_mode(self):
        result = self.run_vm("$SHOW --mode 1920x1080@59.5")
        self.assert_fails(result, REFUSED, "Virtual-1 has no mode 1920x1080@59.5",
                          "Nearest: 1920x1080@60.00", "--list-modes")
        result = self.run_vm("$SHOW --mode prefered")
        self.assert_fails(result, USAGE, '"prefered" is not a mode')


class Refusals(DeviceTest):
    def test_the_property_to_blame_is_named(self):
        # vkms cannot scale. Where only CAP_SYSLOG may read the log, as on Debian, root still does.
        result = self.run_vm("echo 1 > /proc/sys/kernel/dmesg_restrict; $SHOW --set plane.CRTC_W=100 --output Virtual-2,Virtual-1",
                             "--outputs", "2")
        self.assert_fails(result, REFUSED, "the driver refuses this configuration",
                          "Virtual-2 (1024x768 @ 60.00 Hz", "because of plane", "CRTC_W = 100",
                          "The kernel says:", "[drm")

    def test_only_the_guilty_output_is_named(self):
        result = self.run_vm("$SHOW --set Virtual-2:plane.CRTC_W=100", "--outputs", "2")
        self.assert_fails(result, REFUSED, "Virtual-2 (")
        self.assertNotIn("Virtual-1 (", result.err)

    def test_the_kernels_debug_setting_is_put_back(self):
        debug = "/sys/module/drm/parameters/debug"
        result = self.run_vm(f"cat {debug} > before; $SHOW --set plane.CRTC_W=100; c=$?; "
                             f"cat {debug} | cmp - before || exit 99; exit $c")
        self.assert_fails(result, REFUSED)

    def test_without_root_there_is_an_account_but_no_kernel_message(self):
        result = self.run_vm("chmod 666 /dev/dri/card0; setpriv --reuid 65534 --clear-groups "
                             "$SHOW --set plane.CRTC_W=100")
        self.assert_fails(result, REFUSED, "CRTC_W = 100", "Run as root")
        self.assertNotIn("The kernel says", result.err)

    def test_a_dry_run_is_refused_with_the_same_account(self):
        result = self.run_vm("$SHOW --dry-run --set plane.CRTC_W=100")
        self.assert_fails(result, REFUSED, "CRTC_W = 100")

    def test_a_dry_run_changes_nothing(self):
        result = self.run_vm(f"{harness.SAVE_STATE} before; $SHOW --dry-run && "
                             f"{harness.SAVE_STATE} after && cmp before after")
        self.assertEqual(result.code, 0, result.err + result.out)

    def test_unknown_properties_and_values(self):
        result = self.run_vm("$SHOW --set plane.CRCT_W=100")
        self.assert_fails(result, USAGE, 'no property "CRCT_W"', 'Did you mean "CRTC_W"?')
        result = self.run_vm("$SHOW --set plane.rotation=sideways")
        self.assert_fails(result, USAGE, '"sideways" is not a value of rotation', "rotate-180")

    def test_a_setting_that_works_is_seen_on_the_screen(self):
        upright = self.show("--no-label", "--pattern", "gradient", name="upright")
        turned = self.show("--no-label", "--pattern", "gradient", "--set",
                           "plane.rotation=rotate-180", name="turned")
        self.assertEqual((upright.code, turned.code), (0, 0), turned.err)
        self.assertNotEqual(upright.shot("upright").read_bytes(), turned.shot("turned").read_bytes())

    def test_injected_errors_end_in_a_message(self):
        # Any errno at any of our requests: a clear end, never a crash or a hang.
        script = ("strace -qq -o count -P /dev/dri/card0 -e trace=ioctl $SHOW --duration 0 > out; "
                  "last=$(wc -l < count); [ $last -gt 60 ] || exit 99; "
                  "for n in $(seq 1 $last); do for e in EINVAL ENOMEM ENODEV; do "
                  "timeout 20 strace -qq -o /dev/null -P /dev/dri/card0 "
                  "-e inject=ioctl:error=$e:when=$n $SHOW --duration 0 > out 2>&1; code=$?; "
                  "[ $code -le 9 ] && { [ $code = 0 ] || grep -q '^drm-show: ' out; } || "
                  "{ echo $n $e: $code; cat out; exit 1; }; done; done")
        result = self.run_vm(script, "--time-limit", "300")
        self.assertEqual(result.code, 0, result.out + result.err)


class Files(DeviceTest):
    def setUp(self):
        super().setUp()
        whole = self.expected("zone-plate", "300x200").read_bytes()
        (self.scratch / "whole.png").write_bytes(whole)
        (self.scratch / "truncated.png").write_bytes(whole[:len(whole) // 2])
        (self.scratch / "lying.png").write_bytes(png_header(60000, 60000))
        (self.scratch / "short.png").write_bytes(png_header(300, 200))
        (self.scratch / "text.png").write_text("not a picture")
        (self.scratch / "empty.png").write_bytes(b"")

    def assert_bad(self, file: str, *says: str) -> None:
        result = self.run_vm(f"cd {self.scratch}; $SHOW {file}")
        self.assert_fails(result, BAD_CONTENT, file, *says)

    def test_missing(self):
        self.assert_bad("no-such.png", "No such file")

    def test_unreadable(self):
        (self.scratch / "whole.png").chmod(0)
        result = self.run_vm(f"chmod 666 /dev/dri/card0; cd {self.scratch}; "
                             "setpriv --reuid 65534 --clear-groups $SHOW whole.png")
        self.assert_fails(result, BAD_CONTENT, "whole.png", "Permission denied")

    def test_truncated(self):
        self.assert_bad("truncated.png")

    def test_too_few_pixels(self):
        self.assert_bad("short.png")

    def test_a_lying_header_allocates_nothing(self):
        self.assert_bad("lying.png", "16384")
        result = self.run_vm(f"cd {self.scratch}; ulimit -v 500000; $SHOW lying.png")
        self.assert_fails(result, BAD_CONTENT, "16384")

    def test_no_picture_at_all(self):
        self.assert_bad("text.png", "PNG, JPEG")
        self.assert_bad("empty.png")
        result = self.run_vm("$SHOW /tmp")
        self.assert_fails(result, BAD_CONTENT, "/tmp", "directory")
        result = self.run_vm("$SHOW /dev/zero")
        self.assert_fails(result, BAD_CONTENT, "/dev/zero")


if __name__ == "__main__":
    harness.main()
