#!/usr/bin/env python3
"""Frames on vkms: what moves, in order and whole, and what the options about frames promise."""
import errno
import json
import re
import subprocess

import harness
from harness import BUILD, DeviceTest

PLAY = BUILD / "tests" / "device" / "play-frames"
REPLAY = BUILD / "tests" / "model" / "frame-ring-replay"
ANIMATION = BUILD / "tests" / "golden" / "render-animation"


class FramesTest(DeviceTest):
    def frames(self, arguments: str, *options: str, log: str = "ring.log") -> harness.Result:
        """drm-show with these arguments; its ring's log must be a run of the model."""
        out = self.scratch / "out"
        result = self.run_vm(f"$SHOW {arguments} --ring-log $VM_OUT/{log}", "--out", str(out), *options)
        if (out / log).exists():
            self.assert_is_run_of_the_model(out / log)
        return result

    def assert_is_run_of_the_model(self, log) -> None:
        done = subprocess.run([REPLAY, log], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout[-3000:] + done.stderr[-3000:])

    def stats(self, arguments: str, *options: str) -> list[dict]:
        result = self.frames(f"--stats=json {arguments}", *options)
        self.assertEqual(result.code, 0, result.err)
        return json.loads(result.out)["outputs"]


class Pictures(FramesTest):
    def grab(self, *arguments: str, **how) -> harness.Result:
        """As show(); again if a flip came in between and vkms lost the writeback."""
        for _ in range(4):
            result = self.show(*arguments, **how)
            if "the writeback never ended" not in result.err:
                break
        return result

    def test_each_moving_pattern_is_on_the_screen_as_it_is_drawn(self):
        # At a rate of their own frames are the same in every run; the clock's time of day is not.
        # Slowly: the writeback connector that takes the picture sees nothing while others commit.
        for name in ("bounce", "scroll", "zone"):
            with self.subTest(name):
                result = self.grab("--pattern", name, "--fps", "5", "--no-label", name=name)
                self.assertEqual(result.code, 0, result.err)
                number = self.frame_number(result.shot(name))
                expected = self.scratch / "expected.png"
                subprocess.run([ANIMATION, name, "1024x768", str(number), repr((number - 1) / 5),
                                expected], check=True)
                self.assert_same_picture(expected, result.shot(name))

    def frame_number(self, file) -> int:
        done = subprocess.run([ANIMATION, "--read", file], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, f"{file.name}: {done.stderr}")
        return int(done.stdout)

    def test_pictures_and_still_patterns_as_frames_look_the_same(self):
        result = self.grab("--fps", "5", name="frames")
        self.assertEqual(result.code, 0, result.err)
        card = self.expected("card", "1024x768", "Virtual-1", "1024x768 @ 60.00 Hz", "vkms · card0")
        self.assert_same_picture(card, result.shot("frames"))

    def test_mirrored_outputs_show_the_same(self):
        result = self.grab("--pattern", "scroll", "--fps", "2", "--mirror", "--no-label", name="m",
                           options=("--outputs", "2"))
        self.assertEqual(result.code, 0, result.err)
        numbers = [self.frame_number(result.shot(f"m-{i}")) for i in range(2)]
        self.assertLessEqual(abs(numbers[0] - numbers[1]), 1)


class Counting(FramesTest):
    def test_every_way_shows_as_many_frames_as_asked_for(self):
        for arguments in ("--present fifo", "--present mailbox", "--present latest", "--present async",
                          "--buffers 2", "--buffers 8", "--legacy", "--present mailbox --legacy",
                          "--present mailbox --fps max", "--present mailbox --fps 200", "--fps 30",
                          "--overlay"):
            with self.subTest(arguments):
                [output] = self.stats(f"--pattern bounce --frames 40 {arguments}")
                self.assertEqual(output["frames"]["shown"], 40)
                self.assertEqual(output["frames"]["submitted"], 40 + output["frames"]["superseded"]
                                 + output["frames"]["cancelled"])

    def test_a_single_frame_is_enough(self):
        for arguments in ("--pattern bounce", "", "--pattern bounce --present mailbox"):
            with self.subTest(arguments):
                [output] = self.stats(f"--frames 1 {arguments}", "--time-limit", "20")
                self.assertEqual(output["frames"]["shown"], 1)

    def test_mailbox_supersedes_what_comes_too_fast(self):
        [output] = self.stats("--pattern bounce --frames 40 --present mailbox --fps max")
        self.assertGreater(output["frames"]["superseded"], 0)

    def test_fifo_shows_all(self):
        [output] = self.stats("--pattern bounce --frames 60 --fps max")
        self.assertEqual(output["frames"]["superseded"], 0)
        self.assertEqual(output["frames"]["cancelled"], 0)

    def test_a_rate_of_its_own(self):
        [output] = self.stats("--pattern bounce --frames 50 --fps 25")
        self.assertGreater(output["interval"]["median_us"], 30_000)
        self.assertLess(output["interval"]["median_us"], 55_000)

    def test_outputs_go_at_different_rates(self):
        outputs = self.stats("--pattern bounce --duration 4 --mode 800x600@56.25 "
                             "--mode Virtual-2:800x600@60.32", "--outputs", "2")
        self.assertIn("56.25", outputs[0]["mode"])
        self.assertIn("60.32", outputs[1]["mode"])
        first, second = (output["interval"]["min_us"] for output in outputs)
        self.assertLess(second, first)

    def test_mirrored_outputs_count_apart(self):
        outputs = self.stats("--pattern bounce --frames 40 --mirror", "--outputs", "2")
        self.assertEqual([output["frames"]["shown"] for output in outputs], [40, 40])

    def test_the_statistics_for_people(self):
        result = self.frames("--pattern bounce --frames 60 --stats")
        self.assertEqual(result.code, 0, result.err)
        for words in ("60 shown", "latency", "interval", "p99", "median"):
            self.assertIn(words, result.out)

    def test_wishes_that_cannot_be_fulfilled_are_named(self):
        result = self.frames("--pattern bounce --frames 5 --present async --vrr")
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("does not tear: card0 (vkms) has no asynchronous flips", result.err)
        self.assertIn("keeps a fixed refresh rate", result.err)

    def test_usage(self):
        for arguments, says in (("--buffers 1", "2 to 8"), ("--buffers 9", "2 to 8"),
                                ("--present sideways", "fifo, mailbox"), ("--fps fast", "max"),
                                ("--fps 0", "max"), ("--frames 0", "nothing to show"),
                                ("--stats=xml", "json"), ("--mode Virtual-9:800x600", "Virtual-9"),
                                ("--ring-log /no/such/file", "/no/such/file")):
            with self.subTest(arguments):
                result = self.run_vm(f"$SHOW --pattern bounce {arguments} --duration 0.1")
                self.assertNotEqual(result.code, 0, arguments)
                self.assertIn(says, result.err)


class Library(FramesTest):
    def test_the_example_moves_on_two_outputs(self):
        result = self.run_vm(f"{BUILD}/examples/04-animate 2", "--outputs", "2")
        self.assertEqual(result.code, 0, result.err)
        counts = [int(line.split()[1]) for line in result.out.splitlines()]
        self.assertEqual(len(counts), 2)
        self.assertGreater(min(counts), 20)


    def test_the_example_that_records(self):
        """Longer than the recorder's begin lasts, on two outputs; drm-trace knows what it reads."""
        trace = BUILD / "src" / "trace" / "drm-trace"
        script = (f"file=$({BUILD}/examples/06-record 4) && {trace} check $file && {trace} summary $file && "
                  f"{trace} dump $file | grep -c 'user\\|0x8000'")
        result = self.run_vm(script, "--outputs", "2")
        self.assertEqual(result.code, 0, result.out + result.err)
        self.assertRegex(result.out, r"[1-9]\d\d+ steps of 2 streams: each is a step of the model")
        self.assertRegex(result.out, r"[1-9]\d* states? of a ring recorded in between")
        for output in ("Virtual-1", "Virtual-2"):
            self.assertIn(f"{output}, 60.00 Hz", result.out)
        self.assertGreater(int(result.out.split()[-1]), 100)


class Economy(FramesTest):
    def per_frame(self, script: str) -> float:
        """What 400 frames more need, each."""
        few, many = (int(self.run_vm(script.format(frames=n)).out.split()[-1]) for n in (200, 600))
        return (many - few) / 400

    def test_three_system_calls_a_frame(self):
        calls = self.per_frame("strace -f -c -o count $SHOW --pattern bounce --frames {frames} > out; "
                               "awk '$NF ~ /^[a-z_0-9]+$/ && $NF !~ /clock_gettime|total|syscall/ "
                               "{{ n += $4 }} END {{ print n }}' count")
        self.assertLess(calls, 3.1)
        self.assertGreater(calls, 2.5)

    def test_no_allocation_a_frame(self):
        shim = BUILD / "tests" / "device" / "heap-count.so"
        for arguments in ("bounce", "clock --overlay --present mailbox", "zone --legacy",
                          "scroll --buffers 8 --ring-log log"):
            with self.subTest(arguments):
                result = self.run_vm(f"LD_PRELOAD={shim} $SHOW --pattern {arguments} --frames 600 --mode 640x480")
                self.assertEqual(result.code, 0, result.err)
                self.assertRegex(result.err, r"(?m)^0 allocations$")


class Faults(FramesTest):
    def play(self, how: str, frames: int = 60, code: int = 0, *options: str) -> harness.Result:
        out = self.scratch / "out"
        result = self.run_vm(f"PLAY_LOG=$VM_OUT/{how}.log {PLAY} {how} {frames}", "--out", str(out), *options)
        self.assertEqual(result.code, code, result.out + result.err)
        self.assert_is_run_of_the_model(out / f"{how}.log")
        return result

    def test_late_fences_only_delay(self):
        self.assertIn("60 submitted, 60 shown, 0 cancelled", self.play("late").out)

    def test_a_fence_that_fails_costs_its_frame(self):
        self.assertIn("60 submitted, 54 shown, 6 cancelled", self.play("failing").out)

    def test_a_fence_that_never_signals_costs_its_frame_and_no_more(self):
        self.assertIn("60 submitted, 59 shown, 1 cancelled", self.play("stuck").out)

    def test_a_gpu_that_hangs_is_reported(self):
        self.assertIn("render fences do not signal", self.play("hopeless", 60, 9).err)

    def test_out_fences_signal_with_the_flip(self):
        self.assertIn("60 shown", self.play("out-fences").out)

    def test_commits_that_find_the_display_busy_are_made_again(self):
        self.play("busy", 100)
        log = (self.scratch / "out" / "busy.log").read_text()
        self.assertGreater(log.count(" busy "), 5)
        self.assertIn("errno=16", log)

    def test_who_comes_late_to_wait_is_woken(self):
        self.assertIn("30 shown", self.play("dawdle", 30, 0, "--time-limit", "30").out)

    def test_signals_disturb_nothing(self):
        self.assertIn("300 submitted, 300 shown, 0 cancelled", self.play("signals", 300).out)

    def test_a_presenter_that_never_shows_takes_no_events_of_another(self):
        self.assertIn("60 submitted, 60 shown, 0 cancelled", self.play("another").out)
        self.assertEqual((self.scratch / "out" / "another.log").read_text().count(" reset "), 0)

    def test_a_cable_is_pulled_and_plugged_in_again(self):
        out = self.scratch / "out"
        result = self.run_vm(
            "$SHOW --pattern bounce --frames 200 --hotplug ignore --stats=json --ring-log $VM_OUT/ring.log > stats 2> err & show=$!; "
            "while ! grep -q Showing err; do sleep 0.05; done; sleep 0.5; vm-plug 1 off; sleep 0.5; "
            "vm-plug 1 on; sleep 0.3; vm-plug 1 off; vm-plug 1 on; wait $show; c=$?; cat err >&2; cat stats; exit $c",
            "--outputs", "2", "--out", str(out))
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("Virtual-2 was unplugged", result.err)
        self.assertIn("Virtual-2 is back", result.err)
        self.assertEqual([output["frames"]["shown"] for output in json.loads(result.out)["outputs"]],
                         [200, 200])
        self.assert_is_run_of_the_model(out / "ring.log")

    def test_who_mirrors_an_unplugged_output_goes_on(self):
        out = self.scratch / "out"
        result = self.run_vm(
            "$SHOW --pattern bounce --mirror --hotplug ignore --ring-log $VM_OUT/ring.log --duration 4 > said & show=$!; "
            "while ! grep -q Showing said; do sleep 0.05; done; vm-plug 1 off; wait $show",
            "--outputs", "2", "--out", str(out))
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("Virtual-2 was unplugged", result.err)
        self.assert_is_run_of_the_model(out / "ring.log")
        log = (out / "ring.log").read_text()
        self.assertGreater(log[log.index(" leave"):].count(" 0 0 flip "), 60)

    def test_the_device_is_removed(self):
        result = self.run_vm("$SHOW --pattern bounce > out & show=$!; while ! grep -q Showing out; do "
                             "sleep 0.05; done; vm-remove; wait $show")
        self.assert_fails(result, 9, "was removed")

    def shimmed(self, faults: str, frames: int = 60) -> harness.Result:
        shim = BUILD / "tests" / "device" / "ioctl-shim.so"
        out = self.scratch / "out"
        result = self.run_vm(f"{faults} LD_PRELOAD={shim} $SHOW --pattern bounce --frames {frames} "
                             "--stats=json --ring-log $VM_OUT/ring.log", "--out", str(out), "--time-limit", "60")
        if (out / "ring.log").exists():
            self.assert_is_run_of_the_model(out / "ring.log")
        return result

    def test_refusals_that_pass(self):
        for name in ("EBUSY", "ENOMEM", "EINVAL", "ENOSPC", "EDEADLK"):
            with self.subTest(name):
                result = self.shimmed(f"ATOMIC_ERRORS={getattr(errno, name)}:20:3")
                self.assertEqual(result.code, 0, result.err)
                [output] = json.loads(result.out)["outputs"]
                self.assertEqual(output["frames"]["shown"], 60)
                self.assertEqual(output["frames"]["cancelled"], 0)

    def test_any_error_at_any_request_ends_in_a_message(self):
        shim = BUILD / "tests" / "device" / "ioctl-shim.so"
        result = self.run_vm(f"IOCTL_ERRORS=22,19 LD_PRELOAD={shim} $SHOW --pattern bounce --frames 4",
                             "--time-limit", "300")
        runs = re.split(r"\nRUN (\d+) (\d+) (\d+)\n", result.err)
        self.assertGreater(len(runs), 2 * 4 * 60)
        for said, request, number, status in zip(runs[0::4], runs[1::4], runs[2::4], runs[3::4]):
            with self.subTest(f"request {request}, errno {number}"):
                self.assertLessEqual(int(status), 9, said)
                self.assertTrue(status == "0" or "drm-show: " in said, said)

    def test_another_master_for_a_while(self):
        result = self.shimmed("ATOMIC_ERRORS=13:20:1")
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("another program's now", result.err)
        self.assertIn("is back", result.err)

    def test_refusals_that_stay_end_it_with_the_reason(self):
        for number, code in ((22, 7), (19, 9), (5, 9), (16, 1), (1, 4)):
            with self.subTest(number):
                result = self.shimmed(f"ATOMIC_ERRORS={number}:20:100000")
                self.assertEqual(result.code, code, result.err)
                self.assertIn("Virtual-1", result.err)

    def test_a_lost_event_is_noticed_and_got_over(self):
        result = self.shimmed("LOSE_EVENTS=20:1")
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("a page flip got lost, the mode is set again", result.err)

    def test_events_that_never_come_end_it(self):
        result = self.shimmed("LOSE_EVENTS=20:100000")
        self.assert_fails(result, 9, "page flips do not come any more", "Its CRTC still counts")


if __name__ == "__main__":
    harness.main()
