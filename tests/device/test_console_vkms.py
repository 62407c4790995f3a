#!/usr/bin/env python3
"""drm-show on the console: keys, cables, terminals and seats, and what was scanned out meanwhile.

Each test is a case of console_{keys,jobs,slow,cables,seats,vulkan}.py, run in a guest of its own."""
import pathlib
import shutil
import unittest

import harness
from harness import DeviceTest

HERE = pathlib.Path(__file__).parent
LIBSEAT = harness.BUILD / "tests" / "device" / "hold-libseat"  # built with it only
ON_VT = ("--vt", "3")


class CaseTest(DeviceTest):
    def run_case(self, file: str, name: str, *options: str) -> None:
        result = self.run_vm(f"exec python3 {HERE}/console_{file}.py {name}", "--env", f"BUILD={harness.BUILD}",
                             *options)
        self.assertEqual(result.code, 0, result.out + result.err)


class Keys(CaseTest):
    def test_through_the_patterns(self):
        self.run_case("keys", "patterns", *ON_VT)

    def test_turning(self):
        self.run_case("keys", "turning", *ON_VT)

    def test_the_option_rotate(self):
        self.run_case("keys", "rotate_option", *ON_VT)

    def test_files(self):
        self.run_case("keys", "files", *ON_VT)

    def test_files_on_two_outputs(self):
        self.run_case("keys", "two_outputs", *ON_VT, "--outputs", "2")

    def test_motion(self):
        self.run_case("keys", "moving", *ON_VT)

    def test_the_next_mode(self):
        self.run_case("keys", "next_mode", *ON_VT)

    def test_screenshots(self):
        self.run_case("keys", "screenshots", *ON_VT)

    def test_endings(self):
        self.run_case("keys", "endings", *ON_VT)

    def test_without_keys(self):
        self.run_case("keys", "no_keys", *ON_VT)

    def test_job_control(self):
        self.run_case("jobs", "job_control", *ON_VT, "--time-limit", "300")

    def test_what_comes_through_a_pipe(self):
        self.run_case("keys", "data_on_stdin", *ON_VT)


class Slow(CaseTest):
    """What takes long, and what does not wait for it."""
    def check(self, name: str) -> None:
        self.run_case("slow", name, *ON_VT)

    def test_pictures(self):
        self.check("slow_pictures")

    def test_a_screenshot(self):
        self.check("screenshot_in_a_thread")

    def test_a_log_whose_reader_stalls(self):
        self.check("stalled_reader_of_the_log")

    def test_left_before_the_first_picture(self):
        self.check("left_while_it_reads")

    def test_guard_killed_meanwhile(self):
        self.check("guard_killed_while_it_reads")


class Vulkan(CaseTest):
    """A GPU's frames: the console is the same, and so are they, pixel by pixel."""
    def check(self, file: str, name: str, *options: str) -> None:
        self.run_case(file, name, *ON_VT, "--env", "SHOW_OPTIONS=--render vulkan", *harness.vulkan_environment(),
                      *options)

    def test_motion(self):
        self.check("keys", "moving")

    def test_turning(self):
        self.check("keys", "turning")

    def test_screenshots(self):
        self.check("keys", "screenshots")

    def test_cables(self):
        self.check("cables", "follow_frames", "--outputs", "2")

    def test_through_the_shaders(self):
        self.run_case("vulkan", "shaders", *ON_VT, *harness.vulkan_environment())

    def test_a_model_is_read_once(self):
        self.run_case("vulkan", "model", *ON_VT, "--outputs", "2", *harness.vulkan_environment())

    def test_terminals_switched(self):
        self.run_case("vulkan", "switched", *ON_VT, *harness.vulkan_environment())


class Cables(CaseTest):
    def check(self, name: str) -> None:
        self.run_case("cables", name, *ON_VT, "--outputs", "2")

    def test_followed(self):
        self.check("follow")

    def test_followed_while_frames_move(self):
        self.check("follow_frames")

    def test_frames_are_counted_over_a_replug(self):
        self.check("frames_over_a_replug")

    def test_ignored(self):
        self.check("ignore")

    def test_waited_for(self):
        self.check("wait")

    def test_waited_for_with_an_unreadable_picture(self):
        self.check("unreadable")

    def test_one_is_waited_for(self):
        self.check("wait_for_one_output")

    def test_changed_while_another_terminal_is_shown(self):
        self.check("while_away")


class Seats(CaseTest):
    def test_from_elsewhere(self):
        self.run_case("seats", "elsewhere")

    def test_killed_elsewhere(self):
        self.run_case("seats", "killed_elsewhere")

    def test_refused(self):
        self.run_case("seats", "refused", *ON_VT)

    def test_rescue_while_it_lives(self):
        self.run_case("seats", "rescue_while_it_lives", *ON_VT)

    def test_killed_on_a_terminal_of_roots(self):
        self.run_case("seats", "killed_on_a_terminal_of_roots", *ON_VT)

    def test_a_name_that_no_output_has(self):
        self.run_case("seats", "a_name_that_no_output_has", *ON_VT)

    @unittest.skipUnless(LIBSEAT.exists(), "built without libseat")
    def test_libseat_without_a_manager(self):
        self.run_case("seats", "libseat_without_a_manager", *ON_VT)

    def test_in_the_background(self):
        self.run_case("seats", "background", *ON_VT)

    def test_no_other_guard_for_now(self):
        self.run_case("seats", "no_other_guard_for_now", *ON_VT)

    def test_asking_changes_nothing(self):
        self.run_case("seats", "asking_changes_nothing", *ON_VT)

    def test_privileges(self):
        self.run_case("seats", "privileges", *ON_VT)

    def test_privileges_with_vulkan(self):
        self.run_case("seats", "privileges_with_vulkan", *ON_VT, *harness.vulkan_environment())

    def test_set_uid(self):
        self.run_case("seats", "set_uid", *ON_VT)

    @unittest.skipUnless(LIBSEAT.exists(), "built without libseat")
    @unittest.skipUnless(shutil.which("seatd", path="/usr/sbin:/usr/bin"), "seatd is not installed")
    def test_a_user_with_seatd(self):
        self.run_case("seats", "with_seatd", *ON_VT)


if __name__ == "__main__":
    harness.main()
