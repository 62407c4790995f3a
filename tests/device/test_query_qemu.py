#!/usr/bin/env python3
"""drm-query on Debian's stock kernels, on the displays that QEMU has: agrees with drm_info, modetest
and edid-decode, while outputs and devices are pulled out."""
import re
import shutil

import edid_agreement
import harness
import watching
from guest_test import CARD, GuestTest
from watching import WatchTest

LOST = (3, 9)
STATES = "all console; show || exit; all shown; end_show || exit; "
EDIDS = "for name in {}; do $QUERY get $name.EDID --raw > $VM_OUT/$name.edid || exit; done; "
# The PCI device that the card belongs to, also when virtio is in between.
SLOT = "slot=$(readlink -f /sys/class/drm/card0 | grep -o '[0-9a-f]*:[0-9a-f]*:[0-9a-f]*[.][0-9]' | tail -n 1); "


class Display:
    """What is true of every display, whatever else its guest does."""

    driver = ""
    outputs = ("Virtual-1",)
    least = 300  # values that drm_info tells

    def test_agrees_with_drm_info(self):
        for state in ("console", "shown"):
            self.assert_agrees_with_drm_info(state, self.least)

    def test_agrees_with_modetest(self):
        for state in ("console", "shown"):
            self.assert_agrees_with_modetest(state)

    def test_the_driver_and_its_outputs(self):
        for state in ("console", "shown"):
            report = self.report(f"{state}.ours")
            self.assertEqual(report["driver"]["name"], self.driver)
            lit = [crtc for crtc in report["crtcs"] if crtc["mode"]]
            self.assertEqual(len(lit), len(self.outputs))
            for name in self.outputs:
                self.assertEqual(self.connector(report, name)["status_name"], "connected")
        self.assertEqual(self.report("console.ours")["masters"], [])
        self.assertEqual([master["command"] for master in self.report("shown.ours")["masters"]],
                         ["drm-show"])

    def test_reports_are_valid(self):
        self.assert_valid("console.ours", "shown.ours")


@harness.unittest.skipUnless(shutil.which("edid-decode"), "edid-decode is not installed")
class Edid:
    def test_edids_agree_with_edid_decode(self):
        for name in self.outputs:
            properties = self.connector(self.report("console.ours"), name)["properties"]
            file = self.out / f"{name}.edid"
            self.assertEqual(file.read_bytes().hex(), properties["EDID"]["blob"])
            self.assertEqual(edid_agreement.differences(file, properties["EDID"]["data"]), [])


class VirtioGpu(Display, Edid, GuestTest):
    driver = "virtio_gpu"
    outputs = ("Virtual-1", "Virtual-2")
    script = ("DRIVER=virtio_gpu; " + STATES + EDIDS.format(" ".join(outputs)) + SLOT +
              "for which in virtio_gpu card0 0 $slot ${slot#0000:} " + CARD + "; do "
              "run selected-$(basename $which) $QUERY -d $which get card0.driver; done; "
              "echo $slot > $VM_OUT/slot; run wrong $QUERY -d 0000:ff:1f.7; "
              "run wrong-driver $QUERY -d virtio-gpu; chmod 600 " + CARD + "; "
              "run nobody setpriv --reuid 65534 --clear-groups $QUERY --json")
    options = ("--display", "virtio-gpu", "--kernel", "6.1", "--outputs", "2")

    def test_selection(self):
        slot = (self.out / "slot").read_text().strip()
        self.assertRegex(slot, r"\A0000:\d\d:\d\d\.\d\Z")
        for which in ("virtio_gpu", "card0", "0", slot, slot.removeprefix("0000:")):
            self.assertIn("virtio_gpu", self.ran(f"selected-{which}").out)
        self.assertEqual(self.report("console.ours")["device"]["address"], slot)
        self.assert_refused("wrong", 3, "0000:ff:1f.7", slot)
        self.assert_refused("wrong-driver", 3, 'Did you mean "virtio_gpu"?')

    def test_nobody_sees_the_monitors(self):
        report = self.report("nobody")
        self.assertEqual((report["access"], report["masters"]), ("sysfs", None))
        for name in self.outputs:
            theirs = self.connector(report, name)["properties"]["EDID"]
            mine = self.connector(self.report("console.ours"), name)["properties"]["EDID"]
            self.assertEqual(theirs["data"], mine["data"])
        self.assert_valid("nobody")


class VirtioGpuOnLinux72(Display, Edid, WatchTest):
    driver = "virtio_gpu"
    outputs = ("Virtual-1", "Virtual-2")
    script = (watching.FUNCTIONS + "DRIVER=virtio_gpu; " + STATES + EDIDS.format(" ".join(outputs)) +
              "mark start; watching 2; mark unplugged; vm-plug 1 off; sleep 3; "
              "mark plugged; vm-plug 1 on; sleep 3; watched; ")
    options = ("--display", "virtio-gpu", "--kernel", "7.2", "--outputs", "2")

    def test_hotplug_is_told(self):
        words = ("connected", "disconnected")
        for mark, before, after in (("unplugged", *words), ("plugged", *reversed(words))):
            self.assert_told(mark, f"card0/Virtual-2.status_name: {before} → {after}",
                             path="card0/Virtual-2", field="status_name", before=before, after=after)

    def test_cursor_planes_of_virtual_machines_are_there(self):
        kinds = [plane["type_name"] for plane in self.report("console.ours")["planes"]]
        self.assertEqual(sorted(kinds), ["cursor"] * 2 + ["primary"] * 2)


class Bochs(Display, Edid, WatchTest):
    driver = "bochs-drm"
    script = (watching.FUNCTIONS + "DRIVER=bochs-drm; " + STATES + EDIDS.format("Virtual-1") +
              "mark start; watching 2; (sleep 2; mark removed; vm-remove) & remover=$!; "
              ": > $VM_OUT/statuses; "
              "while kill -0 $remover 2> errors; do $QUERY --json > last 2>> $VM_OUT/errors; "
              "echo $? >> $VM_OUT/statuses; done; sleep 2; "
              "run gone $QUERY -d " + CARD + "; run nothing $QUERY; watched")
    options = ("--display", "bochs")

    def test_removal_while_asked(self):
        statuses = [int(line) for line in (self.out / "statuses").read_text().split()]
        self.assertIn(0, statuses)
        self.assertEqual(set(statuses) - {0, *LOST}, set())
        messages = re.findall("(?m)^drm-query: .", (self.out / "errors").read_text())
        self.assertEqual(len(messages), len(statuses) - statuses.count(0))

    def test_removal_while_watched(self):
        self.assert_told("removed", "- card0 (device)", change="removed", path="card0")

    def test_afterwards_there_is_no_device(self):
        self.assert_refused("gone", 3, CARD)
        self.assert_refused("nothing", 3, "no DRM device")


class Qxl(Display, GuestTest):
    driver = "qxl"
    script = "DRIVER=qxl; " + STATES
    options = ("--display", "qxl")


class Cirrus(Display, GuestTest):
    driver = "cirrus"
    outputs = ("VGA-1",)
    script = "DRIVER=cirrus; " + STATES
    options = ("--display", "cirrus")


if __name__ == "__main__":
    harness.main()
