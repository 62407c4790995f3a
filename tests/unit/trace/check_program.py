#!/usr/bin/env python3
"""drm-trace itself, with real recordings, in a /dev/shm of its own: what is there, what is read,
what is followed, and what is removed.

Usage: check_program.py DRM_TRACE MAKE_RECORDING
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

SHM = pathlib.Path("/dev/shm")
TRACE, MAKE = map(str, (pathlib.Path(word).resolve() for word in sys.argv[1:3]))


def trace(*words: str, **more) -> subprocess.CompletedProcess:
    return subprocess.run([TRACE, *words], capture_output=True, text=True, check=False, timeout=30, **more)


def pid_of(path: str) -> str:
    return path.rsplit(".", 1)[1]


def leave(how: str, folder: str = "") -> str:
    """A recording of a program that has died, or kept it; its path."""
    return subprocess.run([MAKE, folder, how], capture_output=True, text=True, check=False).stdout.strip()


class Running:
    """A program that records."""

    def __enter__(self):
        self.process = subprocess.Popen([MAKE, "", "running"], stdout=subprocess.PIPE, text=True)
        self.path = self.process.stdout.readline().strip()
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Program(unittest.TestCase):
    def setUp(self):
        for file in SHM.glob("drm-record.*"):
            file.rmdir() if file.is_dir() and not file.is_symlink() else file.unlink()
        self.state = tempfile.TemporaryDirectory()
        self.addCleanup(self.state.cleanup)
        os.environ["STATE_DIRECTORY"] = self.state.name
        os.environ["HOME"] = self.state.name
        os.environ.pop("XDG_STATE_HOME", None)

    def states(self) -> dict[str, str]:
        return {entry["path"]: entry["state"] for entry in json.loads(trace("list", "--json").stdout)
                if entry["path"].startswith((str(SHM), self.state.name))}

    def test_a_list_says_what_runs_and_what_is_dead(self):
        died, kept = leave("died"), leave("kept")
        saved = leave("died", self.state.name)
        pathlib.Path(self.state.name, "other").write_text("no recording", encoding="utf-8")
        with Running() as running:
            self.assertEqual(self.states(), {died: "died", kept: "died", saved: "died",
                                             running.path: "running"})
        self.assertEqual(self.states()[running.path], "died")

    def test_the_only_one_need_not_be_named(self):
        path = leave("died")
        for words in (["summary"], ["summary", "-"], ["summary", pid_of(path)], ["summary", path]):
            result = trace(*words)
            self.assertEqual((result.returncode, result.stderr), (0, ""), words)
            self.assertIn("DP-1 stuttered: 1 of 13 vertical blanks", result.stdout)
        self.assertIn("Frame 5 came onto DP-1 16.7 ms late", trace("why", "missed").stdout)
        self.assertIn("\n76 records. ", trace("dump").stdout)
        self.assertEqual(len(trace("dump", "--json").stdout.splitlines()), 76)

    def test_errors_say_what_to_do(self):
        cases = [(["summary"], 10, "there are no recordings"),
                 (["summary", "1"], 10, "no recording of PID 1"),
                 (["summary", "/nowhere"], 10, "No such file"),
                 (["summary", "/etc/passwd"], 8, "not a recording"),
                 (["summary", "/dev/null"], 8, "cannot be read"),
                 (["sumary"], 2, "Did you mean \"summary\"?")]
        for words, code, text in cases:
            result = trace(*words)
            self.assertEqual(result.returncode, code, result.stderr)
            self.assertIn(text, result.stderr)
        first, second = leave("died"), leave("died")
        result = trace("summary")
        self.assertEqual(result.returncode, 2)
        self.assertIn(first, result.stderr)
        self.assertIn(second, result.stderr)
        self.assertEqual(trace("why", "99", first).returncode, 10)

    def test_tail_follows_until_the_end(self):
        with Running() as running:
            tail = subprocess.Popen([TRACE, "tail"], stdout=subprocess.PIPE, text=True)
            lines = [tail.stdout.readline() for _ in range(20)]
            self.assertIn("flip stream=0 output=0 frame=12", lines[-1])
            time.sleep(0.2)
            self.assertIsNone(tail.poll(), "it follows")
            running.process.kill()
            running.process.wait()
            rest = tail.communicate(timeout=10)[0]
        self.assertEqual((tail.returncode, rest),
                         (0, f"PID {running.process.pid} has died, or was killed.\n"))

    def test_tail_tells_an_end_in_order(self):
        with Running() as running:
            tail = subprocess.Popen([TRACE, "tail"], stdout=subprocess.PIPE, text=True)
            tail.stdout.readline()
            running.process.terminate()
            running.process.wait()
            rest = tail.communicate(timeout=10)[0]
        self.assertTrue(rest.endswith(f"PID {running.process.pid} has ended.\n"), rest)

    def test_tail_ends_with_who_reads_it(self):
        with Running():
            tail = subprocess.Popen([TRACE, "tail"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            tail.stdout.readline()
            tail.send_signal(signal.SIGINT)
            _, errors = tail.communicate(timeout=10)
            self.assertEqual((tail.returncode, errors), (-signal.SIGINT, b""))
        path = leave("died")
        pipe = subprocess.run(f"{TRACE} dump {path} | head -1", shell=True, capture_output=True,
                              text=True, check=True)
        self.assertEqual((pipe.stderr, len(pipe.stdout.splitlines())), ("", 1))

    def test_tail_costs_next_to_nothing(self):
        with Running():
            tail = subprocess.Popen([TRACE, "tail"], stdout=subprocess.DEVNULL)
            time.sleep(2)
            fields = pathlib.Path(f"/proc/{tail.pid}/stat").read_text("utf-8").rsplit(")")[1].split()
            tail.kill()
            tail.wait()
        seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        self.assertLess(seconds, 0.5, "of two seconds")

    def test_gc_removes_the_dead_and_nothing_else(self):
        died, kept, saved = leave("died"), leave("kept"), leave("died", self.state.name)
        with Running() as running:
            would = trace("gc", "--dry-run").stdout
            self.assertIn(f"would remove {died}: PID {pid_of(died)} has died\n", would)
            self.assertEqual(len(self.states()), 4, "only said")
            done = trace("gc").stdout
            self.assertIn(f"removed {died}: ", done)
            self.assertIn(f"removed {kept}: ", done)
            self.assertIn(f"kept {running.path}: ", done)
            self.assertEqual(self.states(), {saved: "died", running.path: "running"})
            trace("gc", "--older-than", "1h")
            self.assertIn(saved, self.states(), "it is younger")
            trace("gc", "--older-than", "0")
            self.assertEqual(self.states(), {running.path: "running"})

    def test_gc_removes_what_is_no_recording_only_of_the_dead(self):
        dead, alive = SHM / "drm-record.4194303", SHM / f"drm-record.{os.getpid()}"
        for file in (dead, alive):
            file.write_bytes(b"half a recording")
        trace("gc")
        self.assertEqual((dead.exists(), alive.exists()), (False, True))

    def test_gc_goes_on_behind_what_cannot_be_removed(self):
        """A folder or a link of such a name is no recording; one on a file system that nobody may
        write to stays, and that is told."""
        (SHM / "drm-record.4194301").mkdir()
        (SHM / "drm-record.4194302").symlink_to("/etc/passwd")
        fixed = pathlib.Path(leave("died", self.state.name))
        died = leave("died")
        subprocess.run(["mount", "--bind", fixed, fixed], check=True)  # it is busy
        self.addCleanup(subprocess.run, ["umount", fixed], check=True)
        done = trace("gc", "--older-than", "0")
        self.assertIn(f"removed {died}: ", done.stdout)
        self.assertIn(f"cannot remove {fixed}: Device or resource busy\n", done.stdout)
        self.assertNotIn("419430", done.stdout)
        self.assertEqual((done.returncode, done.stderr), (1, ""))
        self.assertEqual(self.states(), {str(fixed): "died"})
        self.assertTrue((SHM / "drm-record.4194302").is_symlink())

    def test_somebody_who_makes_files_shorter_harms_nobody(self):
        """As any user can with a file of his own, while root lists what there is."""
        died, path = leave("died"), SHM / "drm-record.4194303"
        whole = pathlib.Path(died).read_bytes()
        path.write_bytes(whole)
        child = os.fork()
        if child == 0:
            while True:
                os.truncate(path, 0)
                with path.open("r+b") as file:
                    file.write(whole)
        try:
            for _ in range(100):
                for words in (("list",), ("gc", "--dry-run"), ("dump", str(path))):
                    done = trace(*words)
                    self.assertIn(done.returncode, (0, 8) if words[0] == "dump" else (0,), done.stderr)
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)

    def test_complete_knows_the_recordings(self):
        pid = pid_of(leave("died"))
        self.assertIn(pid, trace("complete", "--", "dump", "").stdout.splitlines())
        self.assertEqual(trace("complete", "--", "sum").stdout, "summary\n")


def in_a_namespace() -> int:
    """Runs this again where /dev/shm is ours alone."""
    inner = ["sh", "-c", 'mount -t tmpfs none /dev/shm && exec "$@"', "sh", sys.executable, *sys.argv]
    allowed = ["unshare", "--mount", "--map-root-user", "sh", "-c", "mount -t tmpfs none /dev/shm"]
    try:
        if subprocess.run(allowed, capture_output=True, check=False).returncode != 0:
            raise FileNotFoundError
    except FileNotFoundError:
        print("skipped: no namespaces here")
        return 77
    environment = dict(os.environ, DRM_TRACE_TEST_INSIDE="1")
    return subprocess.run(["unshare", "--mount", "--map-root-user", *inner], env=environment,
                          check=False).returncode


if __name__ == "__main__":
    if "DRM_TRACE_TEST_INSIDE" not in os.environ:
        sys.exit(in_a_namespace())
    unittest.main(argv=sys.argv[:1])
