#!/usr/bin/env python3
"""The test bed itself, on one display: DRMSHOW_VM_DISPLAY (uml-vkms by default).

A display that this machine cannot make is skipped, with its reason.
"""

import hashlib
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "device")]

import guard  # noqa: E402
import harness  # noqa: E402

RUN = HERE / "run"
DISPLAY = os.environ.get("DRMSHOW_VM_DISPLAY", "uml-vkms")
IS_UML = DISPLAY == "uml-vkms"
# What each shows by itself, before anybody sets a mode.
SIZES = {"virtio-gpu": (1280, 800), "bochs": (1280, 800), "qxl": (1024, 768),
         "cirrus": (1024, 768)}


def run(*arguments, **more) -> subprocess.CompletedProcess:
    """Run in the guest; OPTIONS… -- COMMAND… as on the command line."""
    more.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run([RUN, "--display", DISPLAY, *arguments], capture_output=True,
                          check=False, **more)


def sh(script: str, *options) -> subprocess.CompletedProcess:
    return run(*options, "--", "sh", "-c", script)


def png_size(path: Path) -> tuple[int, int]:
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n" and data[-8:-4] == b"IEND", "not a whole PNG"
    return struct.unpack(">II", data[16:24])


class VmTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="drm-show-test-")
        self.addCleanup(folder.cleanup)
        self.scratch = Path(folder.name)

    def start(self, script: str, *options) -> subprocess.Popen:
        """Start a guest and return once its command says that it runs."""
        process = subprocess.Popen(
            [RUN, "--display", DISPLAY, *options, "--", "sh", "-c", f"echo up; {script}"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
            env={**os.environ, "TMPDIR": str(self.scratch)})
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.assertEqual(process.stdout.readline(), b"up\n")
        return process

    def assert_all_gone(self, pids: list[int]) -> None:
        self.assertTrue(pids)
        deadline = time.monotonic() + 5
        while left := ([pid for pid in pids if Path(f"/proc/{pid}").exists()]
                       + list(self.scratch.glob("drm-show-vm-*"))):
            self.assertLess(time.monotonic(), deadline, f"left behind: {left}")
            time.sleep(0.02)


class Everything(VmTest):
    """One guest for all that can be looked at afterwards: each costs 10 s under emulation."""

    def test_output_status_files_and_screen(self):
        noise = os.urandom(300_000)
        (self.scratch / "noise").write_bytes(noise)
        shots, out = self.scratch / "shots", self.scratch / "out"
        shot = "" if IS_UML else "vm-screenshot boot || exit 9;"
        result = sh(f"{shot} cat noise; cat noise noise >&2; rm noise; pwd > $VM_OUT/cwd;"
                    "echo of the guest > /tmp/drm-show-test-of-guest; ls /dev/dri > $VM_OUT/dri;"
                    "kill -SEGV $$", "--out", out, "--screenshots", shots,
                    "--fetch", f"/tmp/drm-show-test-of-guest:{self.scratch}/fetched")
        self.assertEqual(result.returncode, 128 + signal.SIGSEGV, result.stderr[-500:])
        self.assertEqual(hashlib.sha256(result.stdout).digest(), hashlib.sha256(noise).digest())
        self.assertTrue(result.stderr == noise + noise, "stderr differs")
        self.assertTrue((self.scratch / "noise").exists(), "the guest changed the host's files")
        self.assertFalse(Path("/tmp/drm-show-test-of-guest").exists())
        self.assertEqual((self.scratch / "fetched").read_text(), "of the guest\n")
        self.assertEqual((out / "cwd").read_text().strip(), os.getcwd())
        self.assertIn("card0", (out / "dri").read_text())
        if not IS_UML:
            self.assertEqual(png_size(shots / "boot.png"), SIZES[DISPLAY])

    def setUp(self) -> None:
        super().setUp()
        before = os.getcwd()
        os.chdir(self.scratch)
        self.addCleanup(os.chdir, before)


class Ending(VmTest):
    def test_the_time_limit_holds(self):
        begin = time.monotonic()
        limit = 1 if IS_UML else 25
        result = sh("trap '' TERM; while :; do sleep 1000; done", "--time-limit", str(limit))
        self.assertEqual(result.returncode, 124, result.stderr)
        self.assertIn(b"time limit", result.stderr)
        self.assertLess(time.monotonic() - begin, limit + 5)

    def test_nothing_is_left_when_we_are_killed(self):
        process = self.start("sleep 1000")
        pids = guard.descendants(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        self.assert_all_gone(pids)


class Guard(VmTest):
    def test_nothing_is_left_after_ctrl_c_or_term(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            process = self.start("sleep 1000")
            pids = guard.descendants(process.pid)
            os.kill(process.pid, number)
            self.assertEqual(process.wait(5), 128 + number)
            self.assert_all_gone(pids)

    def test_nothing_is_left_when_the_guard_is_killed(self):
        process = self.start("sleep 1000")
        pids = guard.descendants(process.pid)
        os.kill(pids[0], signal.SIGKILL)
        self.assertEqual(process.wait(10), 125)
        self.assert_all_gone(pids)


class Guests(VmTest):
    def test_two_at_once(self):
        first, second = self.start("sleep 2; exit 3"), self.start("exit 4")
        self.assertEqual((first.wait(60), second.wait(60)), (3, 4))

    def test_monitors_can_be_pulled_and_plugged(self):
        states = "sleep 0.5; grep -h . /sys/class/drm/card0-Virtual-*/status;"
        result = sh(f"{states} vm-plug 1 off; {states} vm-plug 1 on; {states}", "--outputs", "2")
        self.assertEqual(result.stdout.decode().split(),
                         ["connected", "connected", "connected", "disconnected", "connected",
                          "connected"], result.stderr)


class Options(VmTest):
    def test_exit_statuses(self):
        for status in (0, 1, 42, 255):
            self.assertEqual(sh(f"exit {status}").returncode, status)
        self.assertEqual(run("--", "/nonexistent").returncode, 127)

    def test_standard_input(self):
        data = os.urandom(20_000)
        result = run("--stdin", "--", "cat", stdin=None, input=data)
        self.assertTrue(result.stdout == data, result.stderr)
        self.assertEqual(run("--", "wc", "-c", stdin=None, input=data).stdout, b"0\n")

    def test_users_and_terminals(self):
        self.assertEqual(run("--user", "65534", "--", "id", "-u").stdout, b"65534\n")
        self.assertEqual(run("--vt", "3", "--", "tty").stdout, b"/dev/tty3\n")
        self.assertEqual(run("--", "tty").stdout, b"not a tty\n")
        self.assertEqual(run("--env", "A=b c", "--", "printenv", "A").stdout, b"b c\n")

    def test_background_processes_end_with_the_command(self):
        begin = time.monotonic()
        self.assertEqual(sh("sleep 1000 & exit 5").returncode, 5)
        self.assertLess(time.monotonic() - begin, 10)

    def test_mistakes_are_usage_errors(self):
        for wrong in (["--display", "hercules"], ["--outputs", "0"], ["--kernel", "6.1"],
                      ["--vkms", "{"], ["--vkms", '{"crtcs": [{"name": "a/b"}]}'],
                      ["--memory", "much"], ["--vt", "64"], ["--fetch", "nowhere"]):
            result = run(*wrong, "--", "true")
            self.assertEqual(result.returncode, 2, f"{wrong}: {result.stderr}")
            self.assertEqual(len(result.stderr.strip().splitlines()), 1, result.stderr)
        self.assertEqual(run().returncode, 2)

    def test_no_display_and_second_device(self):
        self.assertEqual(run("--display", "none", "--", "test", "-e", "/dev/dri").returncode, 1)
        self.assertIn(b"card1", run("--vgem", "--", "ls", "/dev/dri").stdout)

    def test_topology(self):
        topology = ('{"crtcs": [{"name": "a"}, {"name": "b"}],'
                    '"planes": [{"name": "p", "possible_crtcs": ["a"]},'
                    '           {"name": "q", "possible_crtcs": ["b"]}],'
                    '"encoders": [{"name": "e", "possible_crtcs": ["b"]},'
                    '             {"name": "f", "possible_crtcs": ["a", "b"]}],'
                    '"connectors": [{"name": "x", "possible_encoders": ["e"]},'
                    '               {"name": "y", "possible_encoders": ["e", "f"],'
                    '                "status": "disconnected"}]}')
        result = sh("cat /sys/class/drm/card0-Virtual-*/status", "--vkms", topology)
        self.assertEqual(result.stdout.split(), [b"connected", b"disconnected"], result.stderr)

    def test_the_drivers_own_device_has_colour_pipelines(self):
        result = sh("modetest -M vkms -p | grep -c 'COLOR_ENCODING:'; "
                    "cat /sys/module/vkms/parameters/enable_plane_pipeline", "--vkms", "built-in")
        self.assertEqual(result.stdout.split()[-1], b"Y", result.stderr)
        self.assertGreater(int(result.stdout.split()[0]), 0)

    def test_the_kernels_refusal_of_a_topology_is_told(self):
        result = run("--vkms", '{"crtcs": [{"name": "a"}]}', "--", "true")
        self.assertEqual(result.returncode, 125)
        self.assertIn(b"vkms refuses", result.stderr)

    def test_removed_and_unplugged(self):
        result = sh("vm-remove; ls /sys/class/drm; vm-plug 7 off")
        self.assertNotIn(b"card0", result.stdout)
        self.assertIn(b"no connector '7'", result.stderr)


# The same code serves all displays: what one has shown need not be shown by each.
CASES = [Everything, Ending]
if DISPLAY in ("uml-vkms", "virtio-gpu"):
    CASES += [Guests]
if IS_UML:
    CASES += [Guard, Options]


def load_tests(loader, _tests, _pattern) -> unittest.TestSuite:
    return unittest.TestSuite(loader.loadTestsFromTestCase(case) for case in CASES)


def missing() -> str:
    """Why this display cannot be made here, or nothing."""
    if not IS_UML and shutil.which("qemu-system-x86_64") is None:
        return "qemu-system-x86_64 is not installed"
    made = run("--prepare")
    return "" if made.returncode == 0 else made.stderr.decode().strip().splitlines()[-1]


if __name__ == "__main__":
    reason = missing()
    if reason:
        print(f"1..0 # SKIP {DISPLAY}: {reason}")
        sys.exit(0)
    harness.main()
