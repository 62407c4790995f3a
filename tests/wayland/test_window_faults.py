#!/usr/bin/env python3
"""drm-show in a window of the fake compositor, which is slow, lies, leaves things out, and dies."""
import contextlib
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "device")]

import harness  # noqa: E402
from fake import Fake  # noqa: E402
from runtime import wait_for  # noqa: E402
from window_rules import CONNECTIONS, NEEDS_SEAT, violations  # noqa: E402
from window_testing import COMPOSITOR_LOST, REPLAY, WindowTest  # noqa: E402

CAME_AND_WENT = "client", "client ended"
HEAP_COUNT = harness.BUILD / "tests" / "device" / "heap-count.so"
USUAL = [1280, 720]
MOVING = ("--pattern", "bounce", "--mode", "1280x720")
PRESENT = ((), ("--present", "mailbox"), ("--present", "mailbox", "--fps", "max"), ("--present", "async"))


class FaultsTest(WindowTest):
    @contextlib.contextmanager
    def showing(self, options: tuple[str, ...], *arguments: str, code: int = 0, number: int = signal.SIGTERM, **env):
        """drm-show on a fake compositor with these options; then how it ends, and the manners of both. The two
        are still there for looks at their logs."""
        with Fake(*options) as compositor, self.show_in(compositor, *(arguments or MOVING), **env) as client:
            yield compositor, client
            self.end(client, code, number)
            compositor.wait_for("client ended", CONNECTIONS)
            came_and_went = [line["type"] for line in compositor.report() if line["type"] in CAME_AND_WENT]
            self.assertEqual(came_and_went, [*CAME_AND_WENT] * CONNECTIONS)  # never two at a time
            self.assertEqual(compositor.violations(), [])

    def sent(self, client, interface: str, name: str) -> list[tuple[str, ...]]:
        """The arguments of each request of a kind."""
        return [m.args for m in client.protocol() if m.sent and (m.interface, m.name) == (interface, name)]

    def assert_rests(self, compositor, client, seconds: float = 1) -> None:
        """It draws nothing, and hardly uses the processor."""
        frames, work = len(compositor.frames()), self.work(client)
        time.sleep(seconds)
        self.assertEqual(len(compositor.frames()), frames)
        self.assertLess(self.work(client) - work, 0.05 * seconds)

    def wait_for_pause(self, compositor) -> None:
        def paused() -> bool:
            before = len(compositor.frames())
            time.sleep(0.4)
            return 0 < before == len(compositor.frames())
        wait_for("no more frames", paused)


class Buffers(FaultsTest):
    def test_frames_go_on_whenever_buffers_come_back(self):
        for how in ("immediately", "on-replace", "late:40", "late:150"):
            for present in PRESENT:
                with self.subTest(how=how, present=present):
                    with self.showing(("--release", how), *MOVING, *present) as (compositor, _):
                        compositor.wait_for_frames(15)
                    checksums = [frame["checksum"] for frame in compositor.frames()]
                    self.assertGreater(len(set(checksums)), 10)

    def test_it_rests_when_no_buffer_comes_back(self):
        for present in PRESENT:
            with self.subTest(present=present):
                with self.showing(("--release", "never"), *MOVING, *present) as (compositor, client):
                    self.wait_for_pause(compositor)
                    self.assertLessEqual(len(compositor.frames()), 4)
                    self.assert_rests(compositor, client)


class Callbacks(FaultsTest):
    def test_it_rests_when_they_stop(self):
        for present in PRESENT:
            with self.subTest(present=present):
                with self.showing(("--frame-callbacks", "stop-after:8"), *MOVING, *present) as (compositor, client):
                    self.wait_for_pause(compositor)
                    self.assertIn(len(compositor.frames()), (8, 9))
                    self.assert_rests(compositor, client)
                    begin = time.monotonic()
                    client.signal(signal.SIGTERM)
                    client.wait(5)
                    self.assertLess(time.monotonic() - begin, 1)

    def test_slow_ones_set_the_pace(self):
        with self.showing(("--frame-callbacks", "slow:150")) as (compositor, client):
            compositor.wait_for_frames(2)
            before, work = len(compositor.frames()), self.work(client)
            time.sleep(1.5)
            self.assertIn(len(compositor.frames()) - before, range(4, 12))
            self.assertLess(self.work(client) - work, 0.4)


class Events(FaultsTest):
    def test_a_storm_of_configures(self):
        with self.showing(("--configure-storm", "200")) as (compositor, client):
            compositor.wait_for("configure", 201)
            last = compositor.of_type("configure")[-1]
            wait_for("the last size", lambda: compositor.frames()[-1]["size"] == last["size"])
            self.assertEqual(compositor.frames()[-1]["serial"], last["serial"])
            self.wait_for_frames(client, 5)

    def test_frames_that_never_were_seen_before_they_were_taken(self):
        """Their discarded comes before their frame callback."""
        for first in (1, 3):
            arguments = (*MOVING, "--frames", "40", "--stats=json")
            with self.subTest(first=first), self.showing(("--discard", str(first)), *arguments, number=0) as (_, client):
                pass
            start = client.text().index('{"schema"')
            frames = json.JSONDecoder().raw_decode(client.text()[start:])[0]["outputs"][0]["frames"]
            self.assertEqual((frames["shown"], frames["superseded"]), (40, first))

    def test_closing_ends_it(self):
        for frames in ("1", "10"):
            with self.subTest(frames=frames), self.showing(("--close-after", frames), number=0) as (compositor, _):
                pass
            self.assertLess(len(compositor.frames()) - int(frames), 4)

    def test_what_is_shown_outlives_the_surface(self):
        """At the end a commit may still wait for the barrier of the one before, and hiding waits with it."""
        with self.showing(()) as (compositor, client):
            compositor.wait_for_frames(5)
        log = [m for m in client.protocol() if m.sent]
        shown = [m for m in log if (m.interface, m.name) == ("wl_surface", "attach") and m.object(0)][-1]
        ends = [(m.interface, m.id) for m in log if m.name == "destroy"]
        # From the back, since ids are used again. GLFW 3.4 has a surface for the pointer besides.
        self.assertLess(ends[::-1].index(("wl_buffer", shown.object(0))), ends[::-1].index(("wl_surface", shown.id)))

    def assert_lost(self, option: str, frames: str, *says: str) -> None:
        with self.subTest(frames=frames), Fake(option, frames) as compositor:
            with self.show_in(compositor, *MOVING) as client:
                self.assertEqual(client.wait(10), COMPOSITOR_LOST, client.tail())
                self.assertEqual([str(violation) for violation in violations(client.protocol())], [])
            for text in says:
                self.assertIn(text, client.text())
            self.assertEqual(compositor.violations(), [])
            self.assertEqual(len(compositor.frames()), int(frames))

    def test_a_refusal_is_told_with_its_interface(self):
        for frames in ("1", "10"):
            self.assert_lost("--protocol-error-after", frames, "drm-show: the compositor ended the connection: "
                             "wl_surface@", "error 0 (as it was asked for)", "Please report it", "WAYLAND_DEBUG=1")

    def test_a_death_is_told(self):
        for frames in ("1", "10"):
            self.assert_lost("--die-after", frames, "drm-show: the compositor went away", "its log may say why")

    def test_pings_are_answered_also_by_who_draws_nothing(self):
        for options, arguments in (((), MOVING), ((), ("--pattern", "card")),
                                   (("--frame-callbacks", "stop-after:2"), MOVING)):
            with self.subTest(options=options, arguments=arguments):
                with self.showing(("--ping-every", "50", *options), *arguments) as (compositor, client):
                    compositor.wait_for("pong", 15)
                self.assertGreaterEqual(len(self.sent(client, "xdg_wm_base", "pong")), 15)


class Geometry(FaultsTest):
    def last_frame(self, options: tuple[str, ...], pixels: list[int]) -> dict:
        with self.subTest(options=options), self.showing(options) as (compositor, client):
            wait_for("pixels", lambda: compositor.frames() and compositor.frames()[-1]["size"] == pixels)
            self.client = client
        return compositor.frames()[-1]

    def test_a_fraction_is_exact(self):
        for scale in (1.25, 1.5, 2):
            pixels = [round(length * scale) for length in USUAL]
            frame = self.last_frame(("--scale", str(scale)), pixels)
            self.assertEqual(frame["destination"], USUAL)
            # GLFW says 2 when the window enters the output: what was said last counts.
            self.assertEqual(self.sent(self.client, "wl_surface", "set_buffer_scale")[-1], ("1",))

    def test_without_fractions_it_is_the_next_whole_number(self):
        for scale in ("1.5", "2"):
            for without in (("wp_viewporter",), ("wp_fractional_scale_manager_v1",),
                            ("wp_viewporter", "wp_fractional_scale_manager_v1")):
                options = tuple(word for name in without for word in ("--without", name))
                frame = self.last_frame(("--scale", scale, *options), [2560, 1440])
                if "wp_viewporter" in without:
                    self.assertEqual(frame["destination"], [0, 0])
                    self.assertEqual(self.sent(self.client, "wl_surface", "set_buffer_scale")[-1], ("2",))
                else:
                    self.assertEqual(frame["destination"], USUAL)


class Missing(FaultsTest):
    def test_it_does_without(self):
        for name in ("wp_viewporter", "wp_fractional_scale_manager_v1", "wp_presentation",
                     "zxdg_decoration_manager_v1", "zwp_linux_dmabuf_v1", "wl_output",
                     *(() if NEEDS_SEAT else ("wl_seat",))):
            with self.subTest(without=name):
                with self.showing(("--without", name), *MOVING, "-v") as (compositor, client):
                    compositor.wait_for_frames(20)
                [offered] = [line for line in client.text().splitlines() if line.startswith("Compositor: ")]
                self.assertNotIn(name, offered)
                self.assertEqual(compositor.frames()[-1]["kind"], "shm")

    def test_without_presentation_frames_count_as_shown(self):
        arguments = (*MOVING, "--frames", "20", "--stats=json")
        with self.showing(("--without", "wp_presentation"), *arguments, number=0) as (_, client):
            pass
        self.assertRegex(client.text(), r'"shown": ?20\b')

    def test_what_it_cannot_do_without_is_said(self):
        needed = (("wl_shm", "the compositor offers no shared memory (wl_shm)"), ("xdg_wm_base", "xdg-shell"),
                  ("wl_compositor", "the compositor offers no surfaces (wl_compositor)"),
                  *((("wl_seat", "the compositor has no seat, and GLFW 3.4 needs one"),) if NEEDS_SEAT else ()))
        for name, text in needed:
            with self.subTest(without=name), Fake("--without", name) as compositor:
                with self.show_in(compositor, *MOVING) as client:
                    self.assertEqual(client.wait(10), COMPOSITOR_LOST, client.tail())
                    self.assertIn(text, client.text())
                self.assertEqual(compositor.violations(), [])


# What -v says of each lie.
LIES = {"honest": None, "short-table": "a tranche names entry 60000 of a table of 4",
        "huge-index": "a tranche names entry 65535 of a table of 4",
        "zero-size": "a tranche names entry 0 of a table of 0",
        "no-formats": "there are no formats in it", "wrong-device": "the main device 1:3 is no display and no GPU"}


class Dmabufs(FaultsTest):
    def check_lies(self, *arguments: str, **env: str) -> None:
        for lie, text in LIES.items():
            with self.subTest(lie=lie):
                with self.showing(("--feedback", lie), *arguments, "-v", **env) as (compositor, client):
                    compositor.wait_for_frames(10)
                notes = [line for line in client.text().splitlines() if "the compositor's list of formats" in line]
                self.assertEqual(notes, [f"drm-show: the compositor's list of formats: {text}"] if text else [])
                self.assert_valid_vulkan(client.text())

    def test_lies_of_their_formats_do_no_harm(self):
        self.check_lies(*MOVING)

    def test_lies_do_no_harm_to_what_vulkan_draws(self):
        self.check_lies("--shader", "gradient", **harness.vulkan_settings())

    def test_where_they_are_refused_memory_is_shared(self):
        arguments = ("--shader", "gradient", "-v")
        with self.showing(("--refuse-dmabuf",), *arguments, **harness.vulkan_settings()) as (compositor, client):
            compositor.wait_for_frames(10)
        self.assertEqual({frame["kind"] for frame in compositor.frames()}, {"shm"})
        self.assertIn("window: framebuffers are shared memory", client.text())
        self.assert_valid_vulkan(client.text())


# The extension, what asks for it, and the requests that are sent then.
WISHES = {"wp_fifo_manager_v1": (("--present", "fifo"), "wp_fifo_v1", ("set_barrier", "wait_barrier")),
          "wp_commit_timing_manager_v1": (("--fps", "20"), "wp_commit_timer_v1", ("set_timestamp",)),
          "wp_tearing_control_manager_v1": (("--present", "async"), "wp_tearing_control_v1",
                                            ("set_presentation_hint",))}


class Wishes(FaultsTest):
    def client_of(self, options: tuple[str, ...], *arguments: str):
        with self.showing(options, *MOVING, *arguments) as (compositor, client):
            compositor.wait_for_frames(10)
        self.compositor = compositor
        return client

    def test_what_is_offered_is_used(self):
        for arguments, interface, names in WISHES.values():
            client = self.client_of((), *arguments)
            for name in names:
                with self.subTest(name=name):
                    times = len(self.sent(client, interface, name))
                    self.assertGreaterEqual(times, 1 if name == "set_presentation_hint" else 10)

    def test_what_is_not_offered_is_not(self):
        for manager, (arguments, interface, _) in WISHES.items():
            with self.subTest(manager=manager):
                client = self.client_of(("--without", manager), *arguments)
                self.assertEqual([m for m in client.protocol() if m.interface in (manager, interface)], [])

    def test_what_is_not_asked_for_is_not(self):
        client = self.client_of((), "--present", "mailbox")
        for interface, name in (("wp_fifo_v1", "set_barrier"), ("wp_commit_timer_v1", "set_timestamp"),
                                ("wp_tearing_control_v1", "set_presentation_hint")):
            self.assertEqual(self.sent(client, interface, name), [])

    def test_frames_tear_only_when_asked_for(self):
        for mode, tears in (("async", True), ("fifo", False)):
            self.client_of((), "--present", mode)
            self.assertEqual({frame["tearing"] for frame in self.compositor.frames()}, {tears})
        client = self.client_of(("--without", "wp_tearing_control_manager_v1"), "--present", "async")
        self.assertIn("the compositor offers no tearing control", client.text())

    def test_a_rate_is_kept(self):
        for options in ((), ("--without", "wp_commit_timing_manager_v1")):
            with self.subTest(options=options):
                with self.showing(options, *MOVING, "--fps", "20") as (compositor, _):
                    compositor.wait_for_frames(26)
                times = [frame["time_ns"] for frame in compositor.frames()[5:26]]
                self.assertAlmostEqual((times[-1] - times[0]) / 1e6 / (len(times) - 1), 50, delta=4)


class Names(FaultsTest):
    def test_a_file_may_have_any_name(self):
        """A title is UTF-8, and no name gets to the terminal as an escape sequence."""
        file = self.scratch / os.fsdecode(b"Gr\xc3\xbc\xc3\x9fe \xff\x1b[2J.ppm")
        file.write_bytes(b"P6 2 2 255 " + bytes(12))
        with self.showing((), file) as (compositor, client):
            self.assert_shown(client, "Grüße ??[2J.ppm")
        titles = [m for m in client.protocol() if m.name == "set_title"]
        self.assertIn("Grüße ??[2J.ppm - drm-show", str(titles[0].args))


class Keys(FaultsTest):
    """Each comes ten frames after the one before."""

    def test_n_shows_the_next_content_and_q_ends_it(self):
        with self.showing(("--keys", "n,q"), number=0) as (compositor, client):
            pass
        self.assertIn("Showing scroll on window", client.text())
        self.assertEqual([line["text"] for line in compositor.of_type("title")],
                         ["bounce - drm-show", "scroll - drm-show"])

    def test_m_fills_the_output_that_it_is_on(self):
        for outputs in ("1", "3"):
            with self.subTest(outputs=outputs), self.showing(("--outputs", outputs, "--keys", "m,m,q"),
                                                             *MOVING, number=0) as (compositor, _):
                pass
            self.assertEqual([(line["on"], line.get("here")) for line in compositor.of_type("fullscreen")],
                             [(True, True), (False, None)])

    def test_s_takes_a_screenshot(self):
        arguments = ("--screenshot-dir", str(self.scratch), *MOVING)
        with self.showing(("--keys", "s,q"), *arguments, number=0) as (_, client):
            pass
        self.assertIn("Screenshot: ", client.text())
        self.assertEqual(len(list(self.scratch.glob("*.png"))), 1)

    def test_space_stops_what_moves(self):
        with self.showing(("--keys", "space,n")) as (compositor, client):
            self.wait_for_pause(compositor)
            self.assertEqual(len(compositor.of_type("key")), 1)
            self.assert_rests(compositor, client)


A_THREAD = 8  # allocations of its start


class Recordings(FaultsTest):
    READ = harness.BUILD / "tests" / "device" / "read-recording"
    TOLD = re.compile(r"[Ii]ts recording: (\S+) \(drm-trace summary \1\)")

    def assert_recorded(self, client, state: pathlib.Path, *says: str) -> None:
        """Where it was said, with each step a step of the model."""
        wait_for("the recording's place", lambda: self.TOLD.search(client.text()))
        path = pathlib.Path(self.TOLD.search(client.text())[1])
        self.assertEqual(list(state.iterdir()), [path])
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        text = subprocess.run([self.READ, path], capture_output=True, text=True, check=True).stdout
        for each in ("setting backend=wayland: asked for", " seen slot=", *says):
            self.assertIn(each, text)
        log = subprocess.run([self.READ, path, "--ring-log"], capture_output=True, text=True, check=True).stdout
        done = subprocess.run([REPLAY], input=log, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_a_crash_leaves_one(self):
        for number in (signal.SIGKILL, signal.SIGSEGV):
            state = self.scratch / f"state-{number}"
            with self.subTest(number=number), Fake() as compositor:
                with self.show_in(compositor, *MOVING, STATE_DIRECTORY=str(state)) as client:
                    compositor.wait_for_frames(5)
                    client.signal(number)
                    self.assertEqual(client.wait(10), -number)
                    self.assert_recorded(client, state)
                    self.assertIn(f"drm-show: ended unexpectedly (pid {client.popen.pid}); its", client.text())

    def test_an_error_leaves_one(self):
        state = self.scratch / "state"
        with Fake("--die-after", "10") as compositor:
            with self.show_in(compositor, *MOVING, STATE_DIRECTORY=str(state)) as client:
                self.assertEqual(client.wait(10), COMPOSITOR_LOST, client.tail())
                self.assert_recorded(client, state, "error 12 ", "the compositor went away")

    def test_an_end_in_order_leaves_none(self):
        state = self.scratch / "state"
        with self.showing((), *MOVING, STATE_DIRECTORY=str(state)) as (compositor, client):
            compositor.wait_for_frames(5)
            recording = pathlib.Path(f"/dev/shm/drm-record.{client.popen.pid}")
            self.assertTrue(recording.exists())
        self.assertFalse(recording.exists() or state.exists())


class Economy(FaultsTest):
    def test_no_allocation_a_frame(self):
        """Besides libwayland's, of which each frame callback is one, and GLFW's. What is small is drawn here and now;
        on a busy machine it may take long, and that starts a thread, once."""
        small = ("--pattern", "bounce", "--mode", "320x240")
        for present in PRESENT:
            # As fast as it can, it polls some hundred times for each frame that is shown.
            first, last = (2000, 12000) if "max" in present else (300, 450)
            env = {"LD_PRELOAD": str(HEAP_COUNT), "HEAP_COUNT_FROM": str(first), "HEAP_COUNT_TO": str(last)}
            with self.subTest(present=present):
                with self.showing((), *small, *present, **env) as (_, client):
                    wait_for("the count", lambda: "of drivers" in client.text() or not client.runs(), 60)
                counted = re.search(r"(?m)^(\d+) allocations$", client.text())
                self.assertIn(int(counted[1]), range(A_THREAD + 1), client.text())  # there are more frames than that
                self.assertRegex(client.text(), r"(?m)^and [1-9]\d* of drivers$")  # those that are not ours are seen


if __name__ == "__main__":
    harness.main()
