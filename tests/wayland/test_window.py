#!/usr/bin/env python3
"""drm-show in a window of real compositors: what it shows, its manners, and what may happen to it."""
import contextlib
import json
import pathlib
import shutil
import signal
import sys
import time
import unittest

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "device")]

import harness  # noqa: E402
import protocol_log  # noqa: E402
import sway  # noqa: E402
import weston  # noqa: E402
from runtime import wait_for  # noqa: E402
from sway import Output, Sway  # noqa: E402
from weston import WestonWithSeat as Weston  # noqa: E402
from window_rules import NEEDS_SEAT  # noqa: E402
from window_testing import COMPOSITOR_LOST, NewLines, WindowTest  # noqa: E402

SIZE = 640, 480

needs_weston = unittest.skipUnless(weston.PROGRAM, "weston is not installed")
needs_sway = unittest.skipUnless(sway.PROGRAM and shutil.which("grim"), "sway or grim is not installed")
needs_wtype = unittest.skipUnless(shutil.which("wtype"), "wtype is not installed")


@needs_weston
class OnWeston(WindowTest):
    def test_a_window_shows_what_displays_show(self):
        with Weston(SIZE) as compositor:
            with self.show_in(compositor, "--fullscreen") as client:
                self.assert_shown(client, "card")
                label = ("window", "640x480 @ 60.00 Hz", "Wayland · weston")
                self.assert_comes_to_show(compositor, self.expected("card", "640x480", *label))
                self.assertEqual(compositor.connections(), 1)
                self.end(client)
            wait_for("the connection to end", lambda: compositor.connections() == 0)

    def test_frames_fare_as_the_compositor_says(self):
        with Weston(SIZE) as compositor:
            with self.show_in(compositor, "--pattern", "bounce", "--frames", "40", "--stats=json") as client:
                self.end(client, number=0)
            start = client.text().index('{"schema"')
            output = json.JSONDecoder().raw_decode(client.text()[start:])[0]["outputs"][0]
            self.assertEqual(output["frames"]["shown"], 40)
            self.assertEqual(output["frames"]["superseded"], 0)
            answers = protocol_log.feedback_answers(client.protocol())
            self.assertEqual(answers["presented"] + answers["discarded"], answers["asked"])
            self.assertGreaterEqual(answers["presented"], 40)

    def test_two_buffers_are_three_and_mailbox_goes_on(self):
        with Weston(SIZE) as compositor:
            for how in (("--buffers", "2"), ("--present", "mailbox"), ("--present", "mailbox", "--fps", "max"),
                        ("--fps", "20"), ("--present", "async")):
                with self.subTest(how=how):
                    with self.show_in(compositor, "--pattern", "bounce", "--frames", "20", *how) as client:
                        self.end(client, number=0)

    def test_a_compositor_that_dies_is_said(self):
        with Weston(SIZE) as compositor:
            with self.show_in(compositor, "--pattern", "bounce") as client:
                self.assert_shown(client, "bounce")
                compositor.kill()
                self.assertEqual(client.wait(10), COMPOSITOR_LOST, client.tail())
                self.assertRegex(client.text(), r"drm-show: .*compositor")

    def test_one_that_stands_still_at_the_start_is_not_waited_for_forever(self):
        with Weston(SIZE) as compositor:
            compositor.freeze()
            for number in (signal.SIGINT, signal.SIGTERM):
                with self.subTest(number=number), self.show_in(compositor) as client:
                    wait_for("a request", lambda: "get_registry" in client.text())
                    client.signal(number)
                    self.assertEqual(client.wait(5), 0, client.tail())
            with self.show_in(compositor) as client:
                self.assertEqual(client.wait(25), COMPOSITOR_LOST, client.tail())
                self.assertRegex(client.text(), r"drm-show: the compositor at .*/wayland-test does not answer\n")
            self.assertEqual(list(pathlib.Path("/dev/shm").glob(f"drm-record.{client.popen.pid}")), [])
            compositor.thaw()

    def test_a_compositor_that_stands_still_is_waited_for(self):
        with Weston(SIZE) as compositor:
            with self.show_in(compositor, "--pattern", "bounce") as client:
                self.assert_shown(client, "bounce")
                compositor.freeze()
                time.sleep(2)
                compositor.thaw()
                self.wait_for_frames(client, 5)
                self.end(client)

    def test_it_ends_while_the_compositor_stands_still(self):
        with Weston(SIZE) as compositor:
            with self.show_in(compositor, "--pattern", "bounce") as client:
                self.assert_shown(client, "bounce")
                compositor.freeze()
                client.signal(signal.SIGTERM)
                self.assertEqual(client.wait(5), 0, client.tail())
                compositor.thaw()

    def test_without_a_seat_it_shows_or_says_what_glfw_needs(self):
        with weston.Weston(SIZE) as compositor, self.show_in(compositor) as client:
            if NEEDS_SEAT:
                self.assertEqual(client.wait(10), COMPOSITOR_LOST, client.tail())
                self.assertIn("the compositor has no seat, and GLFW 3.4 needs one", client.text())
            else:
                self.assert_shown(client, "card")
                self.end(client)

    def test_what_vulkan_draws_is_shown(self):
        with Weston(SIZE) as compositor:
            settings = harness.vulkan_settings()
            with self.show_in(compositor, "--shader", "gradient", "--frames", "10", "-v", **settings) as client:
                self.end(client, number=0)
            self.assertIn("Drawn by llvmpipe", client.text())
            self.assert_valid_vulkan(client.text())


@needs_sway
class OnSway(WindowTest):
    def label(self, size: str) -> tuple[str, ...]:
        return "window", f"{size} @ 60.00 Hz", "Wayland · sway"

    def test_a_window_fills_what_it_gets(self):
        with Sway(Output(SIZE)) as compositor:
            with self.show_in(compositor) as client:
                self.assert_shown(client, "card")
                self.assert_comes_to_show(compositor, self.expected("card", "640x480", *self.label("640x480")))
                self.end(client)

    def test_a_scaled_output_gets_its_pixels(self):
        for scale in (2, 1.5):
            with self.subTest(scale=scale), Sway(Output((960, 720), scale=scale)) as compositor:
                with self.show_in(compositor, "--pattern", "pixels", "--no-label") as client:
                    self.assert_shown(client, "pixels")
                    if scale == 2 or "wp_fractional_scale_manager_v1" in client.text():
                        self.assert_comes_to_show(compositor, self.expected("pixels", "960x720"))
                    self.end(client)

    def test_it_moves_to_another_output(self):
        with Sway(Output(SIZE), Output((800, 600))) as compositor:
            with self.show_in(compositor) as client:
                self.assert_shown(client, "card")
                compositor.move_to_output(2)
                self.assert_comes_to_show(compositor, self.expected("card", "800x600", *self.label("800x600")),
                                          output=2)
                self.end(client)

    def test_it_takes_500_sizes(self):
        """Each is shown before the next one comes: a compositor forgets those that it could not tell in time."""
        sizes = [(100 + (37 * i) % 800, 100 + (53 * i) % 600) for i in range(500)]
        with Sway(Output((1024, 768)), floating=True) as compositor:
            with self.show_in(compositor, "--pattern", "bounce", "--mode", "300x200") as client:
                self.assert_shown(client, "bounce")
                on = f"[con_id={compositor.window()['id']}]"
                lines = NewLines(client)
                open_before = self.descriptors(client)
                for width, height in sizes:
                    # Each moves it, off the screen at last, where nobody sees it.
                    self.tell_until_shown(compositor, lines, (width, height), f"{on} resize set width {width} px height "
                                          f"{height} px; {on} move position 10 10")
                # Three buffers, and some of the sizes before.
                self.assertLess(self.descriptors(client), open_before + 12)
                self.assertLess(self.living_buffers(client), 12)
                self.end(client)

    def tell_until_shown(self, compositor, lines: NewLines, size: tuple[int, int], command: str) -> None:
        """sway 1.7 obeys, but forgets to tell the window, once in some fifty times."""
        for _ in range(10):
            compositor.tell(command)
            with contextlib.suppress(AssertionError):
                return lines.wait_for(r"set_destination\(%d, %d\)" % size, 1)
        self.fail(f"never in {size}")

    def descriptors(self, client) -> int:
        return len(list(pathlib.Path(f"/proc/{client.popen.pid}/fd").iterdir()))

    def living_buffers(self, client) -> int:
        log = client.protocol()
        made = sum(1 for m in log if m.sent and m.name in ("create_buffer", "create_immed"))
        return made - sum(1 for m in log if (m.interface, m.name) == ("wl_buffer", "destroy"))

    def test_it_comes_and_goes_200_times(self):
        """Fullscreen and back, away and back; each time it is shown before the next."""
        with Sway(Output(SIZE), floating=True) as compositor:
            with self.show_in(compositor, "--pattern", "bounce", "--mode", "300x200") as client:
                self.assert_shown(client, "bounce")
                on = f"[con_id={compositor.window()['id']}]"
                lines = NewLines(client)
                for i in range(100):
                    self.tell_until_shown(compositor, lines, SIZE, f"{on} fullscreen enable")
                    self.tell_until_shown(compositor, lines, (300, 200), f"{on} fullscreen disable; {on} resize set "
                                          "width 300 px height 200 px")
                    compositor.tell(f"{on} move container to workspace {i + 10}")
                    # It moves a little each time, off the screen at last.
                    compositor.tell(f"workspace {i + 10}; {on} move position 10 10")
                    self.wait_for_new_frame(lines)
                self.assertLess(self.living_buffers(client), 12)
                self.end(client)

    def wait_for_new_frame(self, lines: NewLines) -> None:
        lines.forget()
        lines.wait_for(r"wl_callback@\d+\.done")

    def test_hidden_it_draws_nothing_and_then_goes_on(self):
        for how in ((), ("--present", "mailbox", "--fps", "max")):
            with self.subTest(how=how), Sway(Output(SIZE)) as compositor:
                with self.show_in(compositor, "--pattern", "bounce", *how) as client:
                    self.assert_shown(client, "bounce")
                    compositor.hide()
                    time.sleep(0.6)  # until it is surely noticed
                    before = self.work(client)
                    time.sleep(1)
                    self.assertLess(self.work(client) - before, 0.05)
                    compositor.show()
                    self.wait_for_frames(client, 5)
                    self.end(client)

    def test_its_button_ends_it(self):
        with Sway(Output(SIZE)) as compositor:
            with self.show_in(compositor) as client:
                self.assert_shown(client, "card")
                compositor.close()
                self.end(client, number=0)

    @needs_wtype
    def test_keys_do_what_they_do_on_displays(self):
        with Sway(Output(SIZE)) as compositor:
            shots = self.scratch / "shots"
            shots.mkdir()
            with self.show_in(compositor, "--screenshot-dir", str(shots), "--pattern", "smpte", "--no-label") as client:
                self.assert_shown(client, "smpte")
                self.type(compositor, "1")
                self.assert_shown(client, "card")
                self.assert_comes_to_show(compositor, self.expected("card", "640x480"))
                self.type(compositor, "s")
                wait_for("a screenshot", lambda: "Screenshot: " in client.text())
                self.assert_same_picture(self.expected("card", "640x480"), next(shots.glob("*.png")))
                self.type(compositor, "m")
                wait_for("fullscreen", lambda: compositor.window()["fullscreen_mode"] == 1)
                self.type(compositor, "q")
                self.end(client, number=0)

    def type(self, compositor, text: str) -> None:
        # The client has to notice first that there is a keyboard now.
        compositor.run(["wtype", "-s", "500", text, "-s", "200"])


class Choice(WindowTest):
    """--backend auto, where there are no displays: a window if a compositor answers."""

    def auto(self, compositor, *arguments: str, **env: str):
        return compositor.client([harness.SHOW, "--duration", "1", *arguments], **env)

    @needs_weston
    def test_a_compositor_that_answers_is_taken(self):
        with Weston(SIZE) as compositor, self.auto(compositor) as client:
            self.assertEqual(client.wait(10), 0, client.tail())
            self.assertIn("Backend: wayland: ", client.text())

    @needs_weston
    def test_who_asks_for_displays_gets_no_window(self):
        with Weston(SIZE) as compositor, self.auto(compositor, "--wait") as client:
            self.assertEqual(client.wait(10), 3, client.tail())
            self.assertIn("Backend: kms: --wait is about displays", client.text())

    @needs_weston
    def test_one_that_is_gone_is_not(self):
        with Weston(SIZE) as compositor:
            compositor.kill()
            with self.auto(compositor) as client:
                self.assertEqual(client.wait(10), 3, client.tail())
                self.assertIn("no compositor answers", client.text())

    @needs_weston
    def test_no_compositor_is_said(self):
        with Weston(SIZE) as compositor:
            with self.auto(compositor, "--backend", "wayland", WAYLAND_DISPLAY="wayland-none") as client:
                self.assertEqual(client.wait(10), COMPOSITOR_LOST, client.tail())

    @needs_weston
    def test_x11_is_refused(self):
        with Weston(SIZE) as compositor:
            with self.auto(compositor, "--backend", "wayland", WAYLAND_DISPLAY="", DISPLAY=":9") as client:
                self.assertEqual(client.wait(10), COMPOSITOR_LOST, client.tail())
                self.assertIn("X11 session", client.text())


if __name__ == "__main__":
    harness.main()
