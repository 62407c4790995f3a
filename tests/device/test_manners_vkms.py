#!/usr/bin/env python3
"""drm-show among others: who is shown next, sessions that end, messages that nobody reads, another
master. Each test is a case of manners_cases.py."""
import pathlib

import harness
from harness import DeviceTest

CASES = pathlib.Path(__file__).parent / "manners_cases.py"


class Manners(DeviceTest):
    def run_case(self, name: str) -> None:
        result = self.run_vm(f"exec python3 {CASES} {name}", "--vt", "3", "--time-limit", "60")
        self.assertEqual(result.code, 0, result.out + result.err)

    def test_who_is_shown_next_is_master_at_once(self):
        self.run_case("next_in_line")

    def test_the_session_on_our_vt_ends(self):
        self.run_case("hung_up")

    def test_ctrl_s_stops_only_the_text(self):
        self.run_case("stopped_output")

    def test_a_full_pipe_stops_nothing(self):
        self.run_case("nobody_reads")

    def test_another_master_for_a_while(self):
        self.run_case("master_elsewhere")

    def test_two_changes_at_once_leave_the_screen_lit(self):
        self.run_case("two_changes_at_once")


if __name__ == "__main__":
    harness.main()
