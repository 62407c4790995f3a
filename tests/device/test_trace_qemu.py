#!/usr/bin/env python3
"""drm-trace run on Debian's stock kernels: what drm-show recorded and what the kernel's tracepoints
say is one story, and nothing of the tracing is left. (The kernel of the vkms guests has no tracing.)"""
import json
import re
import shlex

import harness
from harness import BUILD, DeviceTest

TRACE = BUILD / "src" / "trace" / "drm-trace"
FRAMES = 60

# Then: instances of tracefs that are left, whether it is still mounted, and recordings.
SCRIPT = ("{before} $TRACE run -o $VM_OUT/out.json {options} -- {command}; code=$?; "
          "echo left: $(ls -d /sys/kernel/tracing/instances/* /sys/kernel/debug/tracing/instances/* "
          "/dev/shm/drm-show* 2>/dev/null); exit $code")
MATCHED = re.compile(r"(\d+) of (\d+) page flips found among the kernel's events: times differ by "
                     r"([\d.]+) ms at most")


class TraceQemu(DeviceTest):
    def trace(self, *vm: str, command: str = f"$SHOW --pattern bounce --frames {FRAMES}",
              options: str = "", before: str = "", code: int = 0, left: str = ""):
        """What drm-trace said, and the timeline's events."""
        out = self.scratch / "out"
        result = self.run_vm(SCRIPT.format(command=command, options=options, before=before),
                             "--display", "virtio-gpu", "--env", f"TRACE={TRACE}", "--out", str(out),
                             "--time-limit", "240", *vm)
        self.assertEqual(result.code, code, result.out + result.err)
        remains = next(line for line in result.out.splitlines() if line.startswith("left:"))
        self.assertEqual(re.sub(r"[\d]+", "N", remains.removeprefix("left:").strip()), left)
        return result, json.loads((out / "out.json").read_text())["traceEvents"]

    def slices(self, events: list[dict], track: str) -> list[dict]:
        names = {(e["pid"], e["tid"]): e["args"]["name"] for e in events if e["name"] == "thread_name"}
        return [e for e in events if e["ph"] == "X" and names[e["pid"], e["tid"]] == track]

    def check_matched(self, err: str, flips: int) -> None:
        found = MATCHED.search(err)
        self.assertIsNotNone(found, err)
        self.assertEqual((int(found[1]), int(found[2])), (flips, flips), err)
        self.assertLess(float(found[3]), 2, err)

    def check(self, *vm: str, outputs: int = 1) -> list[dict]:
        result, events = self.trace(*vm)
        # All but the first frame of each output, which sets the mode.
        self.check_matched(result.err, outputs * (FRAMES - 1))
        screens = [e for e in self.slices(events, "screen")]
        for i in range(FRAMES):
            self.assertEqual(len([e for e in screens if e["name"] == f"frame {i + 1}"]), outputs, i)
        return events

    def check_the_kernel_agrees(self, events: list[dict], name: str) -> None:
        """Its events are in the timeline, where the frames are: not off by a clock's difference."""
        kernel = sorted(e["ts"] for e in events if e.get("cat") == "kernel" and e["name"] == name)
        shown = [e["ts"] for e in self.slices(events, "screen")]
        self.assertGreaterEqual(len(kernel), FRAMES - 1)
        self.assertLess(min(shown), kernel[-1])
        self.assertGreater(max(shown), kernel[0])

    def test_linux_6_1(self):
        self.check_the_kernel_agrees(self.check(), "event delivered")

    def test_linux_6_12(self):
        self.check_the_kernel_agrees(self.check("--kernel", "6.12"), "event delivered")

    def test_linux_7_2_which_counts_vertical_blanks(self):
        events = self.check("--kernel", "7.2")
        self.check_the_kernel_agrees(events, "vblank")
        self.assertTrue(all(e["args"]["sequence"] > 0 for e in self.slices(events, "screen")
                            if e["name"] not in ("frame 1",) and "sequence" in e["args"]))

    def test_two_outputs(self):
        result, events = self.trace("--outputs", "2")
        self.check_matched(result.err, 2 * (FRAMES - 1))
        crtcs = dict(re.findall(r"(Virtual-\d) is CRTC (\d)", result.err))
        self.assertEqual(crtcs, {"Virtual-1": "0", "Virtual-2": "1"})

    def test_it_is_ended(self):
        """Signals go on to drm-show; its recording, the kernel's events and the timeline are saved."""
        before = "(sleep 4; kill -TERM $(pidof drm-trace)) &"
        result, events = self.trace(command="$SHOW --pattern bounce", before=before)
        self.assertGreater(len(self.slices(events, "screen")), 10)
        self.assertIn("page flips found", result.err)

    def test_drm_show_is_killed(self):
        before = "(sleep 4; kill -KILL $(pidof drm-show)) &"
        result, events = self.trace(command="$SHOW --pattern bounce --record 256K", before=before, code=137)
        self.assertGreater(len(self.slices(events, "screen")), 10)

    def test_tracing_of_others_is_left_alone(self):
        before = ("mount -t tracefs tracefs /sys/kernel/tracing; mkdir /sys/kernel/tracing/instances/mine "
                  "/sys/kernel/tracing/instances/drm-trace-999999; ")
        out = self.scratch / "out"
        result = self.run_vm(SCRIPT.format(command="$SHOW --pattern bounce --frames 5", options="",
                                           before=before),
                             "--display", "virtio-gpu", "--env", f"TRACE={TRACE}", "--out", str(out))
        self.assertEqual(result.code, 0, result.err)
        left = next(line for line in result.out.splitlines() if line.startswith("left:"))
        self.assertEqual({path.split("/")[-1] for path in left.split()[1:]}, {"mine"},
                         "only a dead drm-trace's instance is removed")

    def test_without_permission(self):
        out = self.scratch / "out"
        script = f"$TRACE run -o $VM_OUT/out.json -- {shlex.quote('true')}"
        result = self.run_vm(script, "--display", "virtio-gpu", "--env", f"TRACE={TRACE}", "--out", str(out),
                             "--user", "65534")
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("without the kernel's events", result.err)


if __name__ == "__main__":
    harness.main()
