"""What tests of drm-show in a window have in common, whichever compositor it is."""
import os
import pathlib
import re
import signal
import subprocess
import time

import harness
import protocol_log
from runtime import wait_for
from window_rules import CONNECTIONS, violations

REPLAY = harness.BUILD / "tests" / "model" / "frame-ring-replay"
COMPOSITOR_LOST = 12  # drm-show's exit code


class NewLines:
    """What a client prints from now on, read once: a log of a thousand frames is long."""

    def __init__(self, client) -> None:
        self.client = client
        self.at = 0
        self.text = ""
        self.forget()

    def forget(self) -> None:
        self.at, self.text = self.client.log.stat().st_size, ""

    def wait_for(self, pattern: str, timeout: float = 10) -> None:
        """And forgets all before it."""
        wait_for(pattern, lambda: self._find(pattern), timeout)

    def _find(self, pattern: str) -> bool:
        with self.client.log.open("rb") as log:
            log.seek(self.at)
            new = log.read()
        self.at += len(new)
        self.text += new.decode("utf-8", "replace")
        found = re.search(pattern, self.text)
        if found:
            self.text = self.text[found.end():]
        return found is not None


class WindowTest(harness.DeviceTest):
    """A test with drm-show in windows."""

    def show_in(self, compositor, *arguments: str, **env: str):
        """A running drm-show, in a with statement; its ring's log is checked by end()."""
        self.log = self.scratch / "ring.log"
        command = [harness.SHOW, "--backend", "wayland", "--ring-log", self.log, *arguments]
        return compositor.client(command, **env)

    def assert_shown(self, client, name: str) -> None:
        wait_for(f"Showing {name}", lambda: f"Showing {name} on window" in client.text() or not client.runs())
        self.assertIn(f"Showing {name} on window", client.text())

    def end(self, client, code: int = 0, number: int = signal.SIGTERM) -> None:
        if number:
            client.signal(number)
        self.assertEqual(client.wait(10), code, client.tail())
        self.assert_well_behaved(client)

    def assert_well_behaved(self, client) -> None:
        log = client.protocol()
        self.assertEqual([str(violation) for violation in violations(log)], [])
        self.assertEqual(protocol_log.connections(log), CONNECTIONS)
        if not REPLAY.exists():  # there is none with sanitizers
            return
        done = subprocess.run([REPLAY, self.log], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def shot(self, compositor, name: str = "shot", **options) -> pathlib.Path:
        file = self.scratch / f"{name}.png"
        compositor.screenshot(file, **options)
        return file

    def assert_comes_to_show(self, compositor, expected: pathlib.Path, **options) -> None:
        """Within some seconds: a compositor paints when it likes."""
        deadline = time.monotonic() + 8
        while True:
            try:
                return self.assert_same_picture(expected, self.shot(compositor, **options))
            except AssertionError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def frames(self, client) -> int:
        return client.count("wl_callback", "done")

    def wait_for_frames(self, client, count: int) -> None:
        client.wait_for("wl_callback", "done", self.frames(client) + count)

    def work(self, client) -> float:
        """Seconds of the processor that it has used."""
        fields = pathlib.Path(f"/proc/{client.popen.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
