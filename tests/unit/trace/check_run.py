#!/usr/bin/env python3
"""drm-trace run: the program is as without it, and its timeline has what it recorded and said.

Usage: check_run.py DRM_TRACE RECORDING_SAMPLE [TEST...]
"""
import fcntl
import json
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unittest
from pathlib import Path

DRM_TRACE, SAMPLE = (str(Path(word).resolve()) for word in sys.argv[1:3])
PATIENCE = 20  # seconds


class Run(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.file = Path(self.folder.name) / "out.json"

    def run_it(self, *command: str, options: tuple = (), **more) -> subprocess.CompletedProcess:
        return subprocess.run(self.words(*command, options=options), capture_output=True, text=True,
                              timeout=PATIENCE, **more)

    def words(self, *command: str, options: tuple = ()) -> list[str]:
        return [DRM_TRACE, "run", "--no-kernel", "-o", str(self.file), *options, "--", *command]

    def events(self) -> list[dict]:
        return json.loads(self.file.read_text())["traceEvents"]

    def track(self, group: str, name: str) -> list[dict]:
        events = self.events()
        groups = {e["pid"]: e["args"]["name"] for e in events if e["name"] == "process_name"}
        tracks = {(e["pid"], e["tid"]): (groups[e["pid"]], e["args"]["name"]) for e in events
                  if e["name"] == "thread_name"}
        return [e for e in events if e["ph"] in "Xi" and
                tracks[e["pid"], e["tid"]][0].endswith(group) and
                tracks[e["pid"], e["tid"]][1] == name]

    def start_sample(self, **more) -> subprocess.Popen:
        return subprocess.Popen(self.words(SAMPLE, "-", "--live", "--code", "3"), text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)

    def check_frames(self) -> None:
        shown = [e for e in self.track("HDMI-A-1", "screen") if e["ph"] == "X"]
        self.assertEqual([e["name"] for e in shown], [f"frame {i}" for i in range(1, 41)])

    def test_what_was_recorded_is_there_though_its_file_is_gone(self):
        with self.start_sample() as run:
            self.assertIn("terminal 0 0", run.stdout.readline())
            self.assertIn("waiting", run.stdout.readline())
            run.send_signal(signal.SIGTERM)
            out, err = run.communicate(timeout=PATIENCE)
        self.assertEqual((run.returncode, out), (3, f"signal {signal.SIGTERM:d}\n"))
        self.assertIn("to stderr\n", err)
        self.assertIn("sample", err)
        self.check_frames()
        self.assertEqual([e["name"] for e in self.track("output", "stdout")],
                         ["terminal 0 0", "waiting", f"signal {signal.SIGTERM:d}"])
        self.assertEqual([e["name"] for e in self.track("output", "stderr")], ["to stderr"])

    def test_lines_and_records_have_one_clock(self):
        before = time.monotonic()
        with self.start_sample() as run:
            while "waiting" not in run.stdout.readline():
                pass
            run.send_signal(signal.SIGINT)
            run.communicate(timeout=PATIENCE)
        after = time.monotonic()
        waits = [e["ts"] / 1e6 for e in self.track("output", "stdout") if e["name"] == "waiting"]
        last = max(e["ts"] / 1e6 for e in self.track("HDMI-A-1", "screen"))
        self.assertEqual(len(waits), 1)
        self.assertTrue(before < last < waits[0] < after, (before, last, waits, after))
        self.assertLess(waits[0] - last, 1)

    def test_exit_codes_are_the_programs(self):
        self.assertEqual(self.run_it("sh", "-c", "exit 7").returncode, 7)
        self.assertEqual(self.run_it("sh", "-c", "kill -9 $$").returncode, 137)

    def test_who_records_nothing_is_told(self):
        done = self.run_it("sh", "-c", "echo out; echo err >&2; printf end")
        self.assertEqual(done.stdout, "out\nend")
        self.assertIn("has recorded nothing", done.stderr)
        self.assertEqual([e["name"] for e in self.track("output", "stdout")], ["out", "end"])

    def test_all_of_a_long_output_comes_through(self):
        done = self.run_it("seq", "100000")
        self.assertEqual(done.stdout, "".join(f"{i}\n" for i in range(1, 100001)))

    def test_stdin_is_the_programs(self):
        self.assertEqual(self.run_it("cat", input="hello\n").stdout, "hello\n")

    def test_no_signal_is_blocked(self):
        blocked = ["grep", "SigBlk", "/proc/self/status"]
        plain = subprocess.run(blocked, capture_output=True, text=True, check=True).stdout
        self.assertEqual(self.run_it(*blocked).stdout, plain)

    def test_what_cannot_be_run(self):
        done = self.run_it("/nonexistent/program")
        self.assertEqual(done.returncode, 10)
        self.assertIn("/nonexistent/program: cannot be run", done.stderr)
        self.assertFalse(self.file.exists())

    def test_a_file_that_cannot_be_written_is_told_before(self):
        done = subprocess.run([DRM_TRACE, "run", "-o", "/nonexistent/x", "--", "touch", str(self.file)],
                              capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("/nonexistent/x: cannot be written", done.stderr)
        self.assertFalse(self.file.exists(), "it was not run")

    def test_an_older_file_is_replaced(self):
        self.file.write_text("x" * 1_000_000)
        self.assertEqual(self.run_it("true").returncode, 0)
        self.assertIn("has recorded", self.run_it("true").stderr)
        self.events()
        self.file.write_text("old")
        self.run_it("/nonexistent/program")
        self.assertEqual(self.file.read_text(), "old")

    def test_a_full_disk_is_not_the_end(self):
        done = subprocess.run([DRM_TRACE, "run", "--no-kernel", "--json", "-o", "/dev/full", "sh", "-c",
                               "echo much; exit 7"], capture_output=True, text=True, timeout=PATIENCE,
                              env={**os.environ, "TMPDIR": self.folder.name})
        self.assertEqual(done.returncode, 7, done.stderr)
        self.assertIn("/dev/full: cannot be written: No space left on device", done.stderr)
        path = re.search(r"the timeline is in (\S+)\n", done.stderr)[1]
        self.assertEqual(Path(path).parent, Path(self.folder.name))
        self.file = Path(path)
        self.assertEqual([e["name"] for e in self.track("output", "stdout")], ["much"])

    def test_nobody_waits_for_those_that_are_left_behind(self):
        begin = time.monotonic()
        self.assertEqual(self.run_it("sh", "-c", "sleep 30 & exit 0").returncode, 0)
        self.assertLess(time.monotonic() - begin, 10)

    def test_the_timeline_needs_a_file(self):
        done = subprocess.run([DRM_TRACE, "run", "-o", "-", "--", "true"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 2, done.stderr)

    def on_terminal(self, *command: str) -> str:
        """What a terminal of 91 columns shows of it."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 91, 0, 0))
        run = subprocess.Popen(self.words(*command), stdin=slave, stdout=slave, stderr=slave,
                               start_new_session=True)
        os.close(slave)
        shown = b""
        while True:
            try:
                piece = os.read(master, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        run.wait(PATIENCE)
        os.close(master)
        return shown.decode()

    def test_a_terminal_is_a_terminal(self):
        shown = self.on_terminal("sh", "-c", "test -t 0 && test -t 1 && test -t 2 && echo three; stty size <&1")
        self.assertIn("three\r\n40 91\r\n", shown)
        self.assertEqual([e["name"] for e in self.track("output", "stdout")], ["three", "40 91"])

    def test_messages_of_the_compositor(self):
        """The program is one that says what libwayland would say."""
        script = ('test "$WAYLAND_DEBUG" = client || exit 9; us=$(date +%s%6N); us=$((us % 4294967296));'
                  'printf "[%d.%03d]  -> wl_surface@3.commit()\\n" $((us / 1000)) $((us % 1000)) >&2;'
                  'echo "not a message" >&2')
        done = self.run_it("sh", "-c", script, env={**os.environ, "WAYLAND_DISPLAY": "x"})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("not a message\n", done.stderr)
        self.assertNotIn("wl_surface", done.stderr, "we have asked for it, not the user")
        self.assertIn("CLOCK_REALTIME", done.stderr)
        sent = self.track("protocol", "requests")
        self.assertEqual([e["name"] for e in sent], ["wl_surface@3.commit"])
        said = self.track("output", "stderr")[0]
        self.assertLess(abs(sent[0]["ts"] - said["ts"]), 5e6)

    def test_users_messages_stay_theirs(self):
        line = "[4.123]  -> wl_surface@3.commit()"
        done = self.run_it("sh", "-c", f"echo '{line}' >&2", env={**os.environ, "WAYLAND_DEBUG": "1",
                                                                "WAYLAND_DISPLAY": "x"})
        self.assertIn(line, done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
