"""The fake compositor: what it does is chosen by options (fake-compositor prints them), what it saw is report()."""
import json

import harness
from compositor import Compositor
from runtime import Process, environment, wait_for

PROGRAM = harness.BUILD / "tests" / "wayland" / "fake-compositor"


class Fake(Compositor):
    """Fake("--release", "late:50", "--die-after", "30")"""

    def __init__(self, *options: str) -> None:
        super().__init__()
        self.options = options
        self._last_report: list[dict] | None = None  # once the folder is gone

    def _start(self) -> Process:
        return Process([PROGRAM, "--report", self.folder / "report.jsonl", *self.options], self.folder / "fake.log",
                       environment(self.folder))

    def __exit__(self, *_) -> None:
        self.process.end()
        self._last_report = self.report()
        super().__exit__()

    def report(self) -> list[dict]:
        """All lines, in order. Each has a type and time_ns (CLOCK_MONOTONIC)."""
        if self._last_report is not None:
            return self._last_report
        lines = (self.folder / "report.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n")]  # the last may not be whole yet

    def of_type(self, kind: str) -> list[dict]:
        return [line for line in self.report() if line["type"] == kind]

    def frames(self) -> list[dict]:
        """The frames that windows have shown: commit, buffer, checksum, size, destination, kind, serial, tearing."""
        return [line for line in self.of_type("frame") if line["window"]]

    def violations(self) -> list[str]:
        return [f"{line['rule']}: {line['text']}" for line in self.of_type("violation")]

    def wait_for_frames(self, count: int) -> None:
        self.wait_for("frame", count)

    def wait_for(self, kind: str, count: int = 1) -> None:
        try:
            wait_for(f"{count} of {kind}", lambda: len(self.of_type(kind)) >= count)
        except AssertionError as error:
            raise AssertionError(f"{error}{self.failure_notes()}") from None
