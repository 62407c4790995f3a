"""The fault matrix on the host's side: runs faults in a virtual machine, and prints fault × driver × result."""
import importlib
import json
from collections import defaultdict
from statistics import median

import harness
from harness import BUILD, SHOW, DeviceTest

# What no row can show; docs/recovery.md says what to do then.
NOT_COVERED = """\
Graphics cards and monitors that one can touch: all displays are virtual.
Text on the screen of vkms: User-Mode Linux has no fbcon. It is compared on QEMU's displays.
Both killed: nobody of ours is left. The kernel brings its console's picture back, not properties that it
  does not know; the terminal comes back with the next VT switch, or drm-show --rescue.
A driver that hangs in the kernel: who waits there cannot even be killed. The row "stuck fence" is play-frames', with
  fences of a timeline in software (sw_sync), and says nothing of the VT; drm-show with a GPU that hangs, and its console, is
  in test_vulkan_faults_vkms.
Leaks of buffers in a card's own memory (qxl): what is looked for is shared memory, and framebuffers of any kind.
vkms is never really unplugged: it goes on answering. QEMU's displays are pulled out for good.
Suspend on real hardware (test_console_qemu has it on bochs), kernel oopses, power cuts."""


def command(program: str, faults: list[str]) -> str:
    words = " ".join(f"'{each}'" for each in faults)
    return f"python3 {harness.ROOT}/tests/device/{program} {words}"


def expected(faults: list[str]) -> list[str]:
    registered = importlib.import_module("faults_guest").FAULTS
    return [each.name for each in registered if each.group in faults or f"={each.name}" in faults]


class FaultTest(DeviceTest):
    """Runs faults, each a subtest; the table is printed when all have been run."""
    results: dict[str, dict[str, dict]] = defaultdict(dict)  # by fault and display

    def run_faults(self, faults: list[str], display: str, *options: str, slow: float = 1) -> None:
        result = self.run_vm(
            command("faults_guest.py", faults), "--display", display, "--env", f"SLOW={slow}",
            "--env", f"SHIM={BUILD}/tests/device/ioctl-shim.so", "--env", f"PLAY={BUILD}/tests/device/play-frames",
            *options)
        reports = [json.loads(line) for line in result.out.splitlines() if line.startswith("{")]
        for report in reports:
            FaultTest.results[report["fault"]][display] = report
            with self.subTest(report["fault"]):
                self.assertEqual(report["problems"], [])
        self.assertEqual([report["fault"] for report in reports], expected(faults),
                         f"the guest ended early with {result.code}: {result.err[-3000:]}")

    @classmethod
    def tearDownClass(cls) -> None:
        super().tearDownClass()
        print_table(cls.results)


def cell(report: dict | None) -> str:
    if report is None:
        return "not run"
    if report["problems"]:
        return "WRONG"
    times = report["restored_ms"]
    return f"ok {median(times):.0f} ms" if times else "ok"


def print_table(results: dict[str, dict[str, dict]]) -> None:
    displays = list(dict.fromkeys(display for row in results.values() for display in row))
    lines = [f"{'fault':48}" + "".join(f"{display:>14}" for display in displays)]
    for fault, row in results.items():
        lines.append(f"{fault:48}" + "".join(f"{cell(row.get(display)):>14}" for display in displays))
        for display, report in row.items():
            lines += [f"    {display}: {' '.join(text.split())}" for text in report["notes"] + report["problems"]]
    lines += ["", "ok N ms: from the blow to text mode and the display as before (median).", "", "Not covered:",
              *NOT_COVERED.splitlines()]
    print("\n".join(f"# {line}".rstrip() for line in lines), flush=True)
