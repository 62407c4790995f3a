#!/usr/bin/env python3
"""The fake compositor: it does what it is told to do, and says what a client does wrong, each mistake by its rule.
Here the client is one that makes mistakes on purpose (wire.py), and those of weston, which make none."""
import os
import pathlib
import shutil
import struct
import sys
import time
import unittest

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "device")]

import harness  # noqa: E402
from fake import Fake  # noqa: E402
from protocol_buffers import violations  # noqa: E402
from wire import Fd, Window, Wire  # noqa: E402

SHM = shutil.which("weston-simple-shm")


def now_and(seconds: float) -> tuple[int, int, int]:
    """A time of CLOCK_MONOTONIC as commit-timing has it."""
    at = time.monotonic_ns() + round(seconds * 1e9)
    return at // 10 ** 9 >> 32, at // 10 ** 9 & 0xffffffff, at % 10 ** 9


def unacked(w: Window) -> None:
    w.show(w.buffer()[0])


def stale(w: Window) -> None:
    first, second = w.buffer()[0], w.buffer()[0]
    w.show(first)
    w.send(w.toplevel, 11, 0)  # fullscreen: another configure
    w.configured()
    w.pause(0.6)
    w.show(second)


def wrong_serial(w: Window) -> None:
    w.send(w.xdg_surface, 4, 12345)


def redrawn(w: Window) -> None:
    buffer, memory = w.buffer()
    w.show(buffer)
    memory[100] = 77
    w.pause()


def redrawn_when_replaced(w: Window) -> None:
    (first, memory), (second, _) = w.buffer(), w.buffer()
    w.show(first)
    w.attach(second)
    memory[0] = 1
    w.commit()
    w.pause()


def again(w: Window) -> None:
    buffer, _ = w.buffer()
    w.show(buffer)
    w.show(buffer)


def destroyed_while_shown(w: Window) -> None:
    buffer, _ = w.buffer()
    w.show(buffer)
    w.send(buffer, 0)
    w.pause()


def no_pong(w: Window) -> None:
    w.pause(1.3)


def wrong_pong(w: Window) -> None:
    w.wait(w.shell, 0)
    w.send(w.shell, 3, 999)


def two_callbacks(w: Window) -> None:
    w.attach(w.buffer()[0])
    w.frame()
    w.frame()
    w.commit()


def two_feedbacks(w: Window) -> None:
    presentation = w.bind("wp_presentation")
    for _ in range(2):
        w.send(presentation, 1, w.surface, w.new_id())
    w.attach(w.buffer()[0])
    w.commit()


def surface_before_role(w: Window) -> None:
    w.send(w.surface, 0)


def two_fifos(w: Window) -> None:
    manager = w.bind("wp_fifo_manager_v1")
    for _ in range(2):
        w.make(manager, 1, w.surface)


def two_timers(w: Window) -> None:
    manager = w.bind("wp_commit_timing_manager_v1")
    for _ in range(2):
        w.make(manager, 1, w.surface)


def timer(w: Window) -> int:
    return w.make(w.bind("wp_commit_timing_manager_v1"), 1, w.surface)


def too_many_nanoseconds(w: Window) -> None:
    w.send(timer(w), 0, 0, 0, 10 ** 9)


def two_timestamps(w: Window) -> None:
    of = timer(w)
    for _ in range(2):
        w.send(of, 0, *now_and(0))


def far_timestamp(w: Window) -> None:
    w.send(timer(w), 0, *now_and(60))


def no_points(w: Window) -> None:
    w.make(w.bind("wp_linux_drm_syncobj_manager_v1"), 1, w.surface)
    w.attach(w.buffer()[0])
    w.commit()


def no_destination(w: Window) -> None:
    viewport = w.make(w.bind("wp_viewporter"), 1, w.surface)
    w.send(viewport, 2, 0, 5)


def dmabuf(w: Window, size: int = 4 * 64 * 64, fourcc: int = 0x34325258) -> int:
    """A wl_buffer of what the fake takes for a dmabuf: it maps it, and a memfd can be mapped as well."""
    fd = os.memfd_create("dmabuf")
    os.ftruncate(fd, size)
    params = w.make(w.bind("zwp_linux_dmabuf_v1", 4), 1)
    w.send(params, 1, Fd(fd), 0, 0, 256, 0, 0)
    os.close(fd)
    return w.make(params, 3, 64, 64, fourcc, 0)


def small_dmabuf(w: Window) -> None:
    dmabuf(w, size=4096)


def strange_dmabuf(w: Window) -> None:
    dmabuf(w, fourcc=0x20203852)


# The rule that each mistake breaks, and the options that it needs.
MISTAKES = {unacked: "buffer before configure", stale: "unacked configure", wrong_serial: "unacked configure",
            redrawn: "redrawn before release", redrawn_when_replaced: "redrawn before release",
            again: "unreleased buffer", destroyed_while_shown: "unreleased buffer", no_pong: "unanswered ping",
            wrong_pong: "unanswered ping", two_callbacks: "frame callbacks", two_feedbacks: "twice in a commit",
            surface_before_role: "dead surface", two_fifos: "fifo", two_timers: "commit timing",
            too_many_nanoseconds: "commit timing", two_timestamps: "commit timing", far_timestamp: "commit timing",
            no_points: "fence points", no_destination: "viewport", small_dmabuf: "dmabuf", strange_dmabuf: "dmabuf"}
OPTIONS = {no_pong: ("--ping-every", "50"), wrong_pong: ("--ping-every", "50")}


class Watching(harness.DeviceTest):
    def test_each_mistake_is_told_by_its_rule(self):
        for mistake, rule in MISTAKES.items():
            with self.subTest(mistake.__name__), Fake(*OPTIONS.get(mistake, ())) as compositor:
                with Window(compositor.socket, acks=mistake is not unacked) as window:
                    mistake(window)
                    window.error()
                told = {line["rule"] for line in compositor.of_type("violation")}
                self.assertLessEqual({rule}, told)
                self.assertLessEqual(told, {rule, "buffer before configure"} if mistake is unacked else {rule})

    def test_who_makes_none_is_left_alone(self):
        with Fake("--ping-every", "5000") as compositor, Window(compositor.socket) as window:
            buffers = [window.buffer() for _ in range(3)]
            for number in range(9):
                buffer, memory = buffers[number % 3]
                if number >= 3:
                    window.wait(buffer, 0)
                memory[:4] = struct.pack("=I", number)
                window.show(buffer)
            window.show(dmabuf(window))
            self.assertEqual(compositor.violations(), [])
            frames = compositor.frames()
            self.assertEqual([frame["commit"] for frame in frames], list(range(2, 12)))
            self.assertEqual(len({frame["checksum"] for frame in frames[:9]}), 9)
            self.assertEqual((frames[-1]["kind"], frames[-1]["size"]), ("dmabuf", [64, 64]))

    def test_frames_that_come_too_fast_are_superseded_but_not_with_fifo(self):
        for fifo in (False, True):
            with self.subTest(fifo=fifo), Fake() as compositor, Window(compositor.socket) as window:
                barrier = window.make(window.bind("wp_fifo_manager_v1"), 1, window.surface)
                for buffer in [window.buffer()[0] for _ in range(4)]:
                    if fifo:
                        window.send(barrier, 1)
                        window.send(barrier, 0)
                    window.attach(buffer)
                    window.commit()
                window.pause(0.2)
                self.assertEqual(len(compositor.frames()), 4 if fifo else 1)
                self.assertEqual(len(compositor.of_type("superseded")), 0 if fifo else 3)
                self.assertEqual(compositor.violations(), [])

    def test_a_timestamp_is_waited_for(self):
        with Fake() as compositor, Window(compositor.socket) as window:
            begin = time.monotonic_ns()
            window.send(timer(window), 0, *now_and(0.3))
            window.show(window.buffer()[0])
            self.assertGreater(compositor.frames()[0]["time_ns"] - begin, 270_000_000)


class Behaving(harness.DeviceTest):
    def released(self, *options: str) -> list[int]:
        """Of three buffers shown one after another, those that come back within 300 ms."""
        with Fake(*options) as compositor, Window(compositor.socket) as window:
            buffers = [window.buffer()[0] for _ in range(3)]
            for buffer in buffers:
                window.show(buffer)
            window.pause(0.3)
            self.assertEqual(compositor.violations(), [])
            return [number for number, buffer in enumerate(buffers) if window.take(buffer, 0)]

    def test_buffers_come_back_as_chosen(self):
        self.assertEqual(self.released("--release", "immediately"), [0, 1, 2])
        self.assertEqual(self.released("--release", "on-replace"), [0, 1])
        self.assertEqual(self.released("--release", "late:100"), [0, 1])
        self.assertEqual(self.released("--release", "late:2000"), [])
        self.assertEqual(self.released("--release", "never"), [])

    def test_frame_callbacks_stop_or_are_slow(self):
        with Fake("--frame-callbacks", "stop-after:2") as compositor, Window(compositor.socket) as window:
            for _ in range(2):
                window.show(window.buffer()[0])
            window.attach(window.buffer()[0])
            callback = window.frame()
            window.commit()
            window.pause(0.3)
            self.assertEqual(window.take(callback, 0), [])
        with Fake("--frame-callbacks", "slow:200") as compositor, Window(compositor.socket) as window:
            begin = time.monotonic()
            window.show(window.buffer()[0])
            self.assertGreater(time.monotonic() - begin, 0.2)

    def test_presentation_is_told(self):
        with Fake() as compositor, Window(compositor.socket) as window:
            presentation = window.bind("wp_presentation")
            asked = []
            for _ in range(2):  # the first is superseded at once
                asked.append(window.new_id())
                window.send(presentation, 1, window.surface, asked[-1])
                window.attach(window.buffer()[0])
                window.commit()
            window.wait(asked[0], 2)
            _, low, nanoseconds, refresh, _, _, _ = struct.unpack("=7I", window.wait(asked[1], 1))
            self.assertLess(abs(low * 10 ** 9 + nanoseconds - time.monotonic_ns()), 10 ** 9)
            self.assertEqual(refresh, 16666667)

    def test_a_storm_of_configures(self):
        with Fake("--configure-storm", "100") as compositor, Window(compositor.socket) as window:
            window.show(window.buffer()[0])
            for _ in range(100):
                window.serial = window.configured()
            window.ack()
            window.show(window.buffer()[0])
            self.assertEqual(compositor.violations(), [])
            self.assertEqual(compositor.frames()[-1]["serial"], window.serial)

    def test_closing_errors_and_death(self):
        with Fake("--close-after", "2") as compositor, Window(compositor.socket) as window:
            for _ in range(2):
                window.show(window.buffer()[0])
            window.wait(window.toplevel, 1)
        with Fake("--protocol-error-after", "1") as compositor, Window(compositor.socket) as window:
            window.attach(window.buffer()[0])
            window.commit()
            time.sleep(0.1)
            self.assertEqual(window.error(), 0)
        with Fake("--die-after", "1") as compositor, Window(compositor.socket) as window:
            window.attach(window.buffer()[0])
            window.commit()
            self.assertEqual(compositor.process.wait(5), -9)
            self.assertEqual(len(compositor.frames()), 1)

    def test_globals_are_left_out(self):
        with Fake("--without", "wp_viewporter", "--without", "zwp_linux_dmabuf_v1") as compositor:
            with Wire(compositor.socket) as wire:
                self.assertNotIn("wp_viewporter", wire.globals)
                self.assertNotIn("zwp_linux_dmabuf_v1", wire.globals)
                self.assertIn("wp_presentation", wire.globals)

    def test_keys_come_after_frames(self):
        with Fake("--keys", "space,q") as compositor, Window(compositor.socket) as window:
            keyboard = window.make(window.bind("wl_seat", 5), 1)
            buffers = [window.buffer()[0] for _ in range(3)]
            for number in range(21):
                window.show(buffers[number % 3])
            codes = [struct.unpack("=4I", window.wait(keyboard, 3))[2:] for _ in range(4)]
            self.assertEqual(codes, [(57, 1), (57, 0), (16, 1), (16, 0)])

    def test_scale_is_told(self):
        with Fake("--scale", "1.5") as compositor, Window(compositor.socket) as window:
            scale = window.make(window.bind("wp_fractional_scale_manager_v1"), 1, window.surface)
            self.assertEqual(struct.unpack("=I", window.wait(scale, 0)), (180,))

    def test_mistakes_in_its_options_are_refused(self):
        for options in (("--release", "sometimes"), ("--nonsense", "1"), ("--close-after", "-1"), ("--keys", "any")):
            with self.subTest(options), self.assertRaisesRegex(AssertionError, "does not start(.|\n)*usage:"):
                with Fake(*options):
                    pass


class Dmabuf(harness.DeviceTest):
    def feedback(self, kind: str) -> dict[int, list[bytes]]:
        """The events of zwp_linux_dmabuf_feedback_v1, by their numbers."""
        with Fake("--feedback", kind) as compositor, Wire(compositor.socket) as wire:
            of = wire.make(wire.bind("zwp_linux_dmabuf_v1", 4), 2)
            wire.wait(of, 0)
            return {opcode: [data for _, _, data in wire.take(of, opcode)] for opcode in range(1, 7)}

    def sizes_and_indices(self, kind: str) -> tuple[int, list[int]]:
        events = self.feedback(kind)
        size, = struct.unpack("=I", events[1][0])
        length, = struct.unpack_from("=I", events[5][0])
        return size, list(struct.unpack_from(f"={length // 2}H", events[5][0], 4))

    def test_feedback_is_honest_or_not(self):
        self.assertEqual(self.sizes_and_indices("honest"), (64, [0, 1, 2, 3]))
        self.assertEqual(self.sizes_and_indices("huge-index"), (64, [0, 1, 2, 3, 65535]))
        self.assertEqual(self.sizes_and_indices("short-table"), (1 << 20, [0, 1, 2, 3, 60000]))
        self.assertEqual(self.sizes_and_indices("zero-size"), (0, [0, 1, 2, 3]))
        self.assertEqual(self.sizes_and_indices("no-formats"), (64, []))
        device = struct.unpack("=IQ", self.feedback("wrong-device")[2][0][:12])[1]
        self.assertEqual(device, os.stat("/dev/null").st_rdev)

    def test_buffers_are_refused(self):
        with Fake("--refuse-dmabuf") as compositor, Window(compositor.socket) as window:
            buffer = dmabuf(window)
            window.wait(buffer - 1, 1)  # its params: failed
            self.assertIsNone(window.error())
            self.assertEqual(compositor.violations(), [])

    def test_redrawing_one_is_noticed(self):
        with Fake() as compositor, Window(compositor.socket) as window:
            fd = os.memfd_create("dmabuf")
            os.ftruncate(fd, 4 * 64 * 64)
            params = window.make(window.bind("zwp_linux_dmabuf_v1", 4), 1)
            window.send(params, 1, Fd(fd), 0, 0, 256, 0, 0)
            window.show(window.make(params, 3, 64, 64, 0x34325258, 0))
            os.pwrite(fd, b"x", 5)
            window.pause()
            self.assertEqual([line["rule"] for line in compositor.of_type("violation")], ["redrawn before release"])


@unittest.skipUnless(SHM, "weston is not installed")
class Demonstrations(harness.DeviceTest):
    def test_weston_s_clients_behave(self):
        many = ["weston-presentation-shm", "-f", "-d", "5"]  # buffers
        for command, release in (([SHM], "on-replace"), (many, "late:50"), (["weston-simple-damage"], "on-replace")):
            with self.subTest(command[0]), Fake("--ping-every", "100", "--release", release) as compositor:
                with compositor.client(command) as client:
                    compositor.wait_for_frames(20)
                self.assertEqual(compositor.violations(), [])
                self.assertEqual([str(v) for v in violations(client.protocol())], [])
                commits = [frame["commit"] for frame in compositor.frames()]
                self.assertEqual(commits, sorted(set(commits)))


if __name__ == "__main__":
    harness.main()
