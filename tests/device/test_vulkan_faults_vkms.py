#!/usr/bin/env python3
"""drm-show on vkms while its GPU (lavapipe) is lost, hangs, is late or fails: vulkan_faults.hpp makes that happen.
The validation layer watches where objects come and go."""
import os
import pathlib
import subprocess

import harness
from frame_proof import SAID_SO, FrameProofTest
from harness import BUILD, SHOW, DeviceTest

HERE = pathlib.Path(__file__).parent
SIZE = "640x480"
SLOW = "vulkan_slow_cases"
FAULTS = "VK_LAYER_DRMSHOW_faults"
VALIDATED = f"{FAULTS}:VK_LAYER_KHRONOS_validation"
# A false alarm of a busy machine: the validation layer's own thread notes that a semaphore was signalled when we have
# shared and with that reset it already (UNASSIGNED-CoreValidation-DrawState-QueueForwardProgress).
LATE_ALARM = "0xe825f293"
# Intel's X tiles.
MODIFIER = "0x0100000000000001"


def environment(**settings: str) -> tuple[str, ...]:
    """For run_vm: what vulkan_environment() has, and the layer of faults above the one that validates."""
    folders = (BUILD / "tests" / "device", harness.LAYER.parent)
    layers = {"VK_LAYER_PATH": ":".join(map(str, folders)),
              "VK_INSTANCE_LAYERS": VALIDATED,
              "VK_LAYER_MESSAGE_ID_FILTER": f"{harness.FALSE_ALARM}:{LATE_ALARM}"}
    both = harness.vulkan_settings() | layers | settings
    return tuple(word for key, value in both.items() for word in ("--env", f"{key}={value}"))


class FaultTest(DeviceTest):
    def drawn(self, content: str) -> pathlib.Path:
        """The first frame without a display, drawn on this machine by a GPU without faults."""
        folder = self.scratch / "drawn"
        command = [SHOW, "--backend", "headless", "--output-dir", folder, "--mode", SIZE, *content.split()]
        done = subprocess.run(command, env=os.environ | harness.vulkan_settings(), capture_output=True, text=True,
                              cwd=self.scratch, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return folder / "frame-000001.png"

    def run_cases(self, *names: str, options: tuple[str, ...] = (), layers: str = FAULTS, drawn: str = "/none",
                  file: str = "vulkan_faults_cases") -> None:
        """Those of a file, one after another in one guest."""
        script = " && ".join(f"python3 {HERE}/{file}.py {name}" for name in names)
        result = self.run_vm(script, "--vt", "3", *environment(BUILD=str(BUILD), DRAWN=drawn, VK_INSTANCE_LAYERS=layers),
                             *options)
        self.assertEqual(result.code, 0, result.out + result.err)
        self.assert_valid_vulkan(result.out, result.err)


class Lost(FaultTest):
    def test_once(self):
        drawn = str(self.drawn("--shader gradient"))
        self.run_cases("lost_once", "lost_at_first", "lost_while_it_loads", layers=VALIDATED, drawn=drawn)

    def test_with_two_outputs(self):
        self.run_cases("lost_with_two_outputs", options=("--outputs", "2"), layers=VALIDATED)

    def test_each_time(self):
        self.run_cases("lost_each_time", layers=VALIDATED)

    def test_nothing_leaks(self):
        self.run_cases("lost_thrice_leaks_nothing")

    def test_in_the_background(self):
        self.run_cases("lost_in_the_background")


class Shaders(FaultTest):
    def test_without_end(self):
        self.run_cases("edited_to_one_without_end", "without_end_from_the_start", options=("--time-limit", "90"), file=SLOW)

    def test_slow_compiler(self):
        self.run_cases("slow_compiler", options=("--outputs", "2"), file=SLOW)

    def test_lost_while_an_edit_is_broken(self):
        self.run_cases("lost_while_an_edit_is_broken", file=SLOW)


class Late(FaultTest):
    def test_fifo(self):
        self.run_cases("late_fifo", "very_late", layers=VALIDATED)

    def test_the_kernel_waits(self):
        self.run_cases("late_in_the_kernel")

    def test_mailbox(self):
        self.run_cases("late_mailbox", "late_mailbox_drawing_always", "late_own_mailbox")

    def test_legacy_mode_setting(self):
        self.run_cases("late_legacy", "late_own_legacy")

    def test_screenshot(self):
        self.run_cases("slow_screenshot", file=SLOW)


class Never(FaultTest):
    def test_one(self):
        self.run_cases("one_never", "signalled")

    def test_never_again(self):
        self.run_cases("never_again", options=("--time-limit", "90"))

    def test_hanging(self):
        self.run_cases("hanging", "hanging_gives_the_console_back")

    def test_hanging_with_many_framebuffers(self):
        self.run_cases("hanging_with_many_framebuffers", options=("--outputs", "3", "--time-limit", "90"), file=SLOW)

    def test_failing(self):
        self.run_cases("failing", "failing_for_a_while", "failing_each_time")


class Proof(FrameProofTest):
    """Nothing is drawn before the GPU begins, so a frame that is shown too early is an older one, or half of each."""

    def prove_late(self, arguments: str, count: int) -> None:
        command = (f"$SHOW --pattern bounce --render vulkan --no-label --mode {SIZE} --fps 100 --frames {count} "
                   f"--ring-log $VM_OUT/ring.log {arguments}")
        checksums = self.checksums(command, SAID_SO, 180, *environment(VULKAN_FENCES="late:30", VK_INSTANCE_LAYERS=FAULTS))
        # In mailbox mode the time goes on without the frames that are left out.
        shown = self.shown(checksums, self.frames("bounce", SIZE, 100, 20 * count))
        in_order = self.in_order(shown, count)
        self.assertGreater(len(set(in_order)), count // 2)

    def test_fifo(self):
        self.prove_late("", 40)

    def test_mailbox(self):
        self.prove_late("--present mailbox", 40)

    def test_legacy_mode_setting(self):
        self.prove_late("--legacy", 40)


class Modifiers(FaultTest):
    def test_tiles_that_both_know(self):
        """The best rung of the ladder: a layout that the GPU and the display have in common."""
        shim = BUILD / "tests" / "device" / "ioctl-shim.so"
        result = self.run_vm(
            f"cd {self.scratch}; export IOCTL_LOG=$VM_OUT/ioctls; "
            f"show-and-grab got -- env LD_PRELOAD={shim} $SHOW --shader gradient --mode {SIZE} --no-vt --fps 0.001 -v",
            "--out", str(self.scratch / "out"), *environment(VULKAN_MODIFIER=MODIFIER, FAKE_MODIFIER=MODIFIER))
        self.assertEqual(result.code, 0, result.out + result.err)
        self.assert_valid_vulkan(result.out, result.err)
        self.assertRegex(result.out, r"framebuffers are XRGB8888 \(XR24\), .*X.TILED")
        self.assertIn(f"ADDFB2 modifier={MODIFIER}", (self.scratch / "out" / "ioctls").read_text())
        self.assert_same_picture(self.drawn("--shader gradient"), result.shot("got"))


if __name__ == "__main__":
    harness.main()
