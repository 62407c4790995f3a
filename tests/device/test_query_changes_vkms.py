#!/usr/bin/env python3
"""drm-query while outputs and devices of vkms come and go."""
import json
import re

import harness
import watching
from guest_test import CARD, GuestTest
from watching import WatchTest

ENABLED = "/sys/kernel/config/vkms/vkms0/enabled"
LOST = (3, 9)


class Watch(WatchTest):
    script = watching.FUNCTIONS + f"""
    mark start; watching 0.5
    mark unplugged; vm-plug 1 off; sleep 1.2
    mark plugged; vm-plug 1 on; sleep 1.2
    mark removed; echo 0 > {ENABLED}; sleep 1.5
    mark back; echo 1 > {ENABLED}; sleep 1.5
    watched
    """
    options = ("--outputs", "2")

    def test_outputs(self):
        self.assert_told("unplugged", "card0/Virtual-2.status_name: connected → disconnected",
                         change="changed", path="card0/Virtual-2", field="status_name",
                         before="connected", after="disconnected")
        self.assert_told("plugged", "card0/Virtual-2.status_name: disconnected → connected",
                         change="changed", path="card0/Virtual-2", field="status_name",
                         before="disconnected", after="connected")

    def test_the_other_output_stayed_as_it_was(self):
        self.assertEqual([line for _, line in self.lines() if "Virtual-1.status" in line], [])

    def test_the_device(self):
        self.assert_told("removed", "- card0 (device)", change="removed", path="card0")
        self.assert_told("back", "+ card0 (device)", change="added", path="card0")

    def test_what_the_kernel_announced(self):
        self.assert_told("unplugged", "kernel: change card0, hotplug",
                         event={"action": "change", "device": "card0", "hotplug": True,
                                "connector": None, "property": None})

    def test_times_go_forward(self):
        for times in ([time for time, _ in self.lines()], [each["time"] for each in self.events()]):
            self.assertEqual(times, sorted(times))


class Storm(GuestTest):
    # What is asked again and again while something changes in the background; each answer's status.
    script = f"""
    ask_while() {{
        name=$1; pid=$2; : > $VM_OUT/$name.statuses
        while kill -0 $pid 2> errors; do
            $QUERY --json >> $VM_OUT/$name.json 2>> $VM_OUT/$name.errors
            echo $? >> $VM_OUT/$name.statuses
        done
    }}
    (for i in $(seq 25); do vm-plug 0 off; sleep 0.0$((i % 7 + 1)); vm-plug 0 on; sleep 0.0$((i % 5 + 1)); done) &
    ask_while plugs $!
    (for i in $(seq 15); do echo 0 > {ENABLED}; sleep 0.0$((i % 7 + 1)); echo 1 > {ENABLED}; sleep 0.1; done) &
    ask_while removals $!
    """

    def reports(self, name: str) -> list[dict]:
        decoder, text, reports = json.JSONDecoder(), (self.out / f"{name}.json").read_text(), []
        while text:
            report, end = decoder.raw_decode(text)
            reports.append(report)
            text = text[end:].lstrip()
        return reports

    def statuses(self, name: str) -> list[int]:
        return [int(line) for line in (self.out / f"{name}.statuses").read_text().split()]

    def test_outputs_come_and_go(self):
        statuses = self.statuses("plugs")
        self.assertGreater(len(statuses), 15)
        self.assertEqual(set(statuses), {0})
        reports = self.reports("plugs")
        self.assertEqual(len(reports), len(statuses))
        seen = {self.status_of(report) for report in reports}
        self.assertEqual(seen, {"connected", "disconnected"})

    def status_of(self, report: dict) -> str:
        return next(each["status_name"] for each in report[CARD]["connectors"]
                    if each["name"] == "Virtual-1")

    def test_the_device_comes_and_goes(self):
        statuses = self.statuses("removals")
        self.assertEqual(set(statuses) - {0, *LOST}, set())
        self.assertEqual(len(self.reports("removals")), statuses.count(0))
        errors = (self.out / "removals.errors").read_text()
        self.assertEqual(len(re.findall("(?m)^drm-query: .", errors)),
                         len(statuses) - statuses.count(0))


if __name__ == "__main__":
    harness.main()
