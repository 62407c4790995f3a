#!/usr/bin/env python3
"""The test bed itself: real compositors start without a display, weston-simple-shm is their client, and what is said
about it (screenshots, connections, manners) is true."""
import pathlib
import shutil
import sys
import unittest

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "device")]

import harness  # noqa: E402
import pixels  # noqa: E402
import sway  # noqa: E402
import weston  # noqa: E402
from protocol_buffers import violations  # noqa: E402
from runtime import wait_for  # noqa: E402
from sway import Output, Sway  # noqa: E402
from weston import Weston  # noqa: E402

SHM = shutil.which("weston-simple-shm")
# sway keeps what a window showed while it changes its size, and so has two buffers at times: weston-simple-shm,
# which has no third one, gives up. This one has 60.
MANY_BUFFERS = ["weston-presentation-shm", "-f", "-d", "5"]
SIMPLE_SIZE = 250, 250  # pixels of its window

needs_weston = unittest.skipUnless(weston.PROGRAM and SHM, "weston is not installed")
needs_sway = unittest.skipUnless(sway.PROGRAM and SHM and shutil.which("grim"), "sway, grim or weston is not installed")


class BenchTest(harness.DeviceTest):
    def shot(self, compositor, name: str = "shot", **options) -> pixels.Picture:
        file = self.scratch / f"{name}.png"
        compositor.screenshot(file, **options)
        return pixels.read(file)

    def assert_well_behaved(self, client) -> None:
        self.assertEqual([str(violation) for violation in violations(client.protocol())], [])


@needs_weston
class OnWeston(BenchTest):
    def test_a_client_shows_its_window(self):
        with Weston(size=(640, 480)) as compositor:
            self.assertEqual(self.shot(compositor, "empty").lit(), 0)
            with compositor.client([SHM]) as client:
                client.wait_for("wl_callback", "done", 5)
                picture = self.shot(compositor)
                self.assertEqual(picture.size, (640, 480))
                self.assertGreater(picture.lit(), SIMPLE_SIZE[0] * SIMPLE_SIZE[1] // 2)
                self.assertEqual(compositor.connections(), 1)
            self.assert_well_behaved(client)
            wait_for("the connection to end", lambda: compositor.connections() == 0)

    def test_frozen_it_answers_nothing_and_thawed_it_does(self):
        with Weston() as compositor, compositor.client([SHM]) as client:
            client.wait_for("wl_callback", "done", 3)
            compositor.freeze()
            frozen = client.count("wl_callback", "done")
            self.assertRaises(AssertionError, client.wait_for, "wl_callback", "done", frozen + 5, 0.5)
            compositor.thaw()
            client.wait_for("wl_callback", "done", frozen + 5)

    def test_killed_it_takes_the_client_along(self):
        with Weston() as compositor, compositor.client([SHM]) as client:
            client.wait_for("wl_callback", "done", 3)
            compositor.kill()
            client.wait(5)
        self.assertFalse(compositor.folder.exists())

    def test_who_does_not_start_says_why(self):
        with self.assertRaisesRegex(AssertionError, "weston does not start(.|\n)*no-such-shell"):
            with Weston(more=("--shell=no-such-shell.so",)):
                pass


@needs_sway
class OnSway(BenchTest):
    def test_a_client_fills_the_output_and_another(self):
        with Sway(Output((640, 480)), Output((900, 600), scale=1.5)) as compositor:
            with compositor.client(MANY_BUFFERS) as client:
                client.wait_for("wl_callback", "done", 5)
                self.assertGreater(self.shot(compositor, "first").lit(), 1000)
                self.assertEqual(self.shot(compositor, "second", output=2).lit(), 0)
                compositor.move_to_output(2)
                wait_for("the second output", lambda: compositor.window()["rect"]["x"] >= 640)
                done = client.count("wl_callback", "done")
                client.wait_for("wl_callback", "done", done + 3)
                second = self.shot(compositor, "second", output=2)
                self.assertEqual(second.size, (900, 600))
                self.assertGreater(second.lit(), 1000)
                self.assertEqual(compositor.connections(), 1)
            self.assert_well_behaved(client)

    def test_a_floating_window_takes_any_size(self):
        with Sway(floating=True) as compositor, compositor.client(MANY_BUFFERS) as client:
            client.wait_for("wl_callback", "done", 3)
            compositor.resize(400, 300)
            wait_for("400x300", lambda: ("400", "300") in
                     [m.args[:2] for m in client.protocol() if m.name == "configure"], timeout=5)

    def test_fullscreen_comes_and_goes(self):
        with Sway() as compositor, compositor.client(MANY_BUFFERS) as client:
            client.wait_for("wl_callback", "done", 3)
            for state, wanted in (("enable", 1), ("disable", 0)):
                compositor.fullscreen(state)
                self.assertEqual(compositor.window()["fullscreen_mode"], wanted)

    def test_a_hidden_window_gets_no_frame_callbacks(self):
        with Sway() as compositor, compositor.client(MANY_BUFFERS) as client:
            client.wait_for("wl_callback", "done", 3)
            compositor.hide()
            hidden = client.count("wl_callback", "done")
            self.assertRaises(AssertionError, client.wait_for, "wl_callback", "done", hidden + 5, 0.5)
            compositor.show()
            client.wait_for("wl_callback", "done", hidden + 5)

    def test_closed_the_client_is_told(self):
        with Sway() as compositor, compositor.client(MANY_BUFFERS) as client:
            client.wait_for("wl_callback", "done", 3)
            compositor.close()
            client.wait_for("xdg_toplevel", "close")
            client.wait(5)


if __name__ == "__main__":
    harness.main()
