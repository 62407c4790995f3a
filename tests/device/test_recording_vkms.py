#!/usr/bin/env python3
"""The flight recording outlives whatever ends drm-show on a real virtual terminal, and says what happened.

Each test is a case of recording_cases.py, run in a guest of its own."""
import pathlib

import harness
from harness import DeviceTest

HERE = pathlib.Path(__file__).parent
READ = harness.BUILD / "tests" / "device" / "read-recording"
TRACE = harness.BUILD / "src" / "trace" / "drm-trace"
REPLAY = harness.BUILD / "tests" / "model" / "frame-ring-replay"


class Recording(DeviceTest):
    def run_case(self, name: str, *options: str) -> None:
        replay = ("--env", f"REPLAY={REPLAY}") if REPLAY.exists() else ()  # there is none with sanitizers
        result = self.run_vm(f"exec python3 {HERE}/recording_cases.py {name}", "--vt", "3", "--env", f"READ={READ}",
                             "--env", f"TRACE={TRACE}",
                             *replay, *options)
        self.assertEqual(result.code, 0, result.out + result.err)

    def test_ends_in_order_leave_none(self):
        self.run_case("ends_in_order")

    def test_the_guard_saves_it(self):
        self.run_case("crashes")

    def test_where_it_cannot_be_saved_it_stays(self):
        self.run_case("cannot_be_saved")

    def test_after_an_error_drm_show_saves_it(self):
        self.run_case("errors")

    def test_it_says_what_happened(self):
        self.run_case("story", "--outputs", "2")

    def test_when_it_died(self):
        self.run_case("time_of_death")

    def test_a_user_has_it_at_home(self):
        self.run_case("of_a_user")


if __name__ == "__main__":
    harness.main()
