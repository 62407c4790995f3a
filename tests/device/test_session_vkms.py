#!/usr/bin/env python3
"""The seat and its guard on a real virtual terminal: whatever happens, the console comes back.

Each test is a case of session_cases.py, run in a guest of its own."""
import pathlib

import harness
from harness import DeviceTest

HERE = pathlib.Path(__file__).parent
HOLD = harness.BUILD / "tests" / "device" / "hold-seat"


class CaseTest(DeviceTest):
    def run_case(self, name: str, *options: str) -> None:
        result = self.run_vm(f"exec python3 {HERE}/session_cases.py {name}", "--vt", "3", "--env", f"HOLD={HOLD}",
                             *options)
        self.assertEqual(result.code, 0, result.out + result.err)


class Deaths(CaseTest):
    def test_every_way_to_die(self):
        self.run_case("deaths")

    def test_every_way_back(self):
        self.run_case("ways_back", "--outputs", "2")

    def test_an_end_in_order(self):
        self.run_case("end_in_order")

    def test_stopped_then_killed(self):
        self.run_case("stopped_then_killed")

    def test_200_kills_at_random_moments(self):
        self.run_case("random_kills", "--time-limit", "300")

    def test_100_kills_while_it_ends(self):
        self.run_case("killed_while_ending", "--time-limit", "300")

    def test_the_leader_of_the_session_dies(self):
        self.run_case("leader_dies")

    def test_the_leader_is_a_user(self):
        self.run_case("user_leads_and_dies")

    def test_both_are_killed(self):
        self.run_case("both_killed")


class GuardProcess(CaseTest):
    def test_it_is_started_again(self):
        self.run_case("guard_killed")

    def test_killing_by_name_or_by_group_spares_it(self):
        self.run_case("names")

    def test_signals_do_not_reach_it(self):
        self.run_case("guard_is_deaf")

    def test_it_holds_nothing_that_it_does_not_need(self):
        self.run_case("guard_holds_little")


class Switching(CaseTest):
    def test_200_times(self):
        self.run_case("switching")

    def test_killed_in_the_background(self):
        self.run_case("killed_in_the_background")

    def test_killed_while_a_switch_waits(self):
        self.run_case("killed_while_a_switch_waits")

    def test_signals_of_strangers(self):
        self.run_case("strangers_signals")

    def test_started_in_the_background(self):
        self.run_case("started_in_the_background")

    def test_two_on_two_terminals(self):
        self.run_case("two_of_them")


class Terminals(CaseTest):
    def test_one_by_number_and_a_free_one(self):
        self.run_case("wished_vt")

    def test_those_that_others_use_are_refused(self):
        self.run_case("refused_vts")

    def test_one_that_is_never_let_go_of(self):
        self.run_case("holder_that_does_not_let_go")

    def test_raw_keys_of_a_program_that_crashed(self):
        self.run_case("raw_keys_of_a_crashed_program")

    def test_a_user_without_the_right(self):
        self.run_case("no_right_to_the_vt")

    def test_a_user_who_is_logged_in_there(self):
        self.run_case("as_a_user")

    def test_one_that_a_dead_program_left_behind_is_rescued(self):
        self.run_case("rescue")


class Privileges(CaseTest):
    def test_only_the_needed_ones_are_kept(self):
        self.run_case("privileges")

    def test_set_uid(self):
        self.run_case("set_uid")


if __name__ == "__main__":
    harness.main()
