#!/usr/bin/env python3
"""The reader of WAYLAND_DEBUG's logs, and each rule of manners with a log that keeps it and logs that break it."""
import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "device")]

import harness  # noqa: E402
import protocol_log  # noqa: E402
from protocol_buffers import violations  # noqa: E402
from protocol_rules import LookFirst  # noqa: E402

# A whole good run, a message a line. Times and arrows are added; "<" marks events.
GOOD = """
wl_display@1.get_registry(new id wl_registry@2)
<wl_registry@2.global(1, "wl_compositor", 4)
wl_registry@2.bind(1, "wl_compositor", 4, new id [unknown]@4)
wl_registry@2.bind(2, "xdg_wm_base", 1, new id [unknown]@5)
wl_registry@2.bind(3, "wl_shm", 1, new id [unknown]@6)
wl_registry@2.bind(4, "wp_presentation", 1, new id [unknown]@7)
wl_compositor@4.create_surface(new id wl_surface@3)
xdg_wm_base@5.get_xdg_surface(new id xdg_surface@8, wl_surface@3)
wl_surface@3.commit()
<xdg_surface@8.configure(41)
xdg_surface@8.ack_configure(41)
wl_shm@6.create_pool(new id wl_shm_pool@9, fd 5, 2000)
wl_shm_pool@9.create_buffer(new id wl_buffer@10, 0, 10, 10, 40, 1)
wl_shm_pool@9.create_buffer(new id wl_buffer@11, 0, 10, 10, 40, 1)
wl_surface@3.attach(wl_buffer@10, 0, 0)
wl_surface@3.frame(new id wl_callback@12)
wp_presentation@7.feedback(wl_surface@3, new id wp_presentation_feedback@13)
wl_surface@3.commit()
<xdg_wm_base@5.ping(77)
xdg_wm_base@5.pong(77)
<wl_display@1.delete_id(12)
<wl_callback@12.done(5)
wl_surface@3.attach(wl_buffer@11, 0, 0)
wl_surface@3.frame(new id wl_callback@12)
wl_surface@3.commit()
<wl_buffer@10.release()
<wp_presentation_feedback@13.presented(0, 5, 0, 16, 0, 1, 1)
wl_surface@3.attach(wl_buffer@10, 0, 0)
wl_surface@3.commit()
xdg_surface@8.destroy()
wl_surface@3.destroy()
wl_buffer@10.destroy()
"""


def log(text: str, new: bool = False) -> str:
    """As libwayland prints it: 1.21, or 1.23 (new)."""
    lines = []
    for number, line in enumerate(text.strip().splitlines()):
        sent = not line.startswith("<")
        body = line.lstrip("<")
        time = f"[{2413888 + number}.{number:03}] "
        if new:
            lines.append(f"{time}{{Default Queue}} {' -> ' if sent else ''}{body.replace('@', '#')}")
        else:
            lines.append(f"{time}{' -> ' if sent else ''}{body}")
    return "\n".join(lines) + "\n"


def rules(text: str) -> list[str]:
    return [violation.rule for violation in violations(protocol_log.parse(log(text)))]


def changed(old: str, new: str, text: str = GOOD) -> str:
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    return text.replace(old, new)


class Reading(unittest.TestCase):
    def test_both_formats_say_the_same(self):
        old, new = (protocol_log.parse(log(GOOD, new)) for new in (False, True))
        self.assertEqual(len(old), len(GOOD.strip().splitlines()))
        self.assertEqual([(m.id, m.name, m.sent, m.created()) for m in old],
                         [(m.id, m.name, m.sent, m.created()) for m in new])

    def test_a_message_in_all_its_parts(self):
        m = protocol_log.parse_line(7, '[  12.345] discarded wl_x@3.said("a, b", nil, wl_y@9, -4)')
        self.assertEqual((m.line, m.us, m.sent, m.discarded, m.interface, m.id, m.name),
                         (7, 12345, False, True, "wl_x", 3, "said"))
        self.assertEqual(m.args, ('"a, b"', "nil", "wl_y@9", "-4"))
        self.assertEqual((m.object(1), m.object(2), m.number(3)), (0, 9, -4))

    def test_colours_and_other_lines_do_no_harm(self):
        text = "drm-show: hello\n\x1b[36m[1.000] \x1b[0m -> wl_display#1.sync(new id wl_callback#2)\n"
        message, = protocol_log.parse(text)
        self.assertEqual((message.line, message.created()), (2, ("wl_callback", 2)))

    def test_bound_objects_have_the_name_in_the_string(self):
        m = protocol_log.parse_line(1, '[1.000]  -> wl_registry@2.bind(3, "wl_shm", 1, new id [unknown]@6)')
        self.assertEqual(m.created(), ("wl_shm", 6))

    def test_connections_are_told_from_registries(self):
        twice = GOOD + "wl_display@1.get_registry(new id wl_registry@20)\n"
        again = GOOD + "wl_display@1.get_registry(new id wl_registry@2)\n"
        for text, connections, asked in ((GOOD, 1, 1), (twice, 1, 2), (again, 2, 2)):
            messages = protocol_log.parse(log(text))
            self.assertEqual(protocol_log.connections(messages), connections)
            self.assertEqual(protocol_log.registries(messages), asked)
        synced = ("wl_display@1.sync(new id wl_callback@2)\n<wl_display@1.delete_id(2)\n"
                  "wl_display@1.get_registry(new id wl_registry@2)\n")
        self.assertEqual(protocol_log.connections(protocol_log.parse(log(synced))), 1)

    def test_feedback_is_counted(self):
        self.assertEqual(protocol_log.feedback_answers(protocol_log.parse(log(GOOD))),
                         {"asked": 1, "presented": 1, "discarded": 0})


EXPLICIT = changed("wl_surface@3.commit()\n<xdg_surface@8.configure(41)", """\
wl_registry@2.bind(9, "wp_linux_drm_syncobj_manager_v1", 1, new id [unknown]@30)
wp_linux_drm_syncobj_manager_v1@30.get_surface(new id wp_linux_drm_syncobj_surface_v1@31, wl_surface@3)
wl_surface@3.commit()
<xdg_surface@8.configure(41)""").split("wl_surface@3.attach", maxsplit=1)[0]
POINTS = """\
wp_linux_drm_syncobj_surface_v1@31.set_acquire_point(wp_linux_drm_syncobj_timeline_v1@32, 0, 1)
wp_linux_drm_syncobj_surface_v1@31.set_release_point(wp_linux_drm_syncobj_timeline_v1@32, 0, 2)
"""
FRAME = "wl_surface@3.attach(wl_buffer@10, 0, 0)\nwl_surface@3.commit()\n"

# What breaks which rule.
BROKEN = {
    "never acked": (changed("xdg_surface@8.ack_configure(41)\n", ""),
                    {"unacked configure", "buffer before configure"}),
    "acked after the buffer": (changed("<xdg_wm_base@5.ping(77)\n", "<xdg_surface@8.configure(42)\n"
                                       "wl_surface@3.attach(wl_buffer@11, 0, 0)\nxdg_surface@8.ack_configure(42)\n"
                                       "<xdg_wm_base@5.ping(77)\n"), {"unacked configure"}),
    "acked twice": (changed("xdg_surface@8.ack_configure(41)\n", "xdg_surface@8.ack_configure(41)\n" * 2),
                    {"unacked configure"}),
    "acked backwards": (changed("xdg_surface@8.ack_configure(41)", "<xdg_surface@8.configure(42)\n"
                                "xdg_surface@8.ack_configure(42)\nxdg_surface@8.ack_configure(41)"),
                        {"unacked configure"}),
    "acks what nobody sent": (changed("ack_configure(41)", "ack_configure(40)"), {"unacked configure"}),
    "a buffer before the role": (changed("xdg_wm_base@5.get_xdg_surface", "wl_shm_pool@9.create_buffer("
                                         "new id wl_buffer@40, 0, 10, 10, 40, 1)\nwl_surface@3.attach(wl_buffer@40, "
                                         "0, 0)\nxdg_wm_base@5.get_xdg_surface"), {"buffer before configure"}),
    "no pong": (changed("xdg_wm_base@5.pong(77)\n", ""), {"unanswered ping"}),
    "another's pong": (changed("pong(77)", "pong(78)"), {"unanswered ping"}),
    "two connections": (GOOD + "wl_display@1.get_registry(new id wl_registry@2)\n", {"connections"}),
    "three registries": (GOOD + "wl_display@1.get_registry(new id wl_registry@50)\n"
                         "wl_display@1.get_registry(new id wl_registry@51)\n", {"connections"}),
    "commit after destroy": (GOOD + "wl_surface@3.commit()\n", {"dead surface"}),
    "destroyed before its role": (changed("xdg_surface@8.destroy()\nwl_surface@3.destroy()",
                                          "wl_surface@3.destroy()\nxdg_surface@8.destroy()"), {"dead surface"}),
    "two frame callbacks": (changed("wl_surface@3.frame(new id wl_callback@12)\nwp", "wl_surface@3.frame(new id "
                                    "wl_callback@12)\nwl_surface@3.frame(new id wl_callback@60)\nwp"),
                            {"frame callbacks"}),
    "committed unreleased": (changed("<wl_buffer@10.release()\n", ""), {"unreleased buffer"}),
    "destroyed while shown": (changed("xdg_surface@8.destroy()", "wl_buffer@10.destroy()\nxdg_surface@8.destroy()")
                              .removesuffix("wl_buffer@10.destroy()\n"), {"unreleased buffer"}),
    "a dead buffer": (changed("wl_surface@3.frame(new id wl_callback@12)\nwl_surface@3.commit()",
                              "wl_surface@3.commit()\nwl_buffer@11.destroy()\nwl_surface@3.attach(wl_buffer@11, 0, 0)"),
                      {"dead buffer", "unreleased buffer"}),
    "two feedbacks": (changed("wp_presentation@7.feedback", "wp_presentation@7.feedback(wl_surface@3, new id "
                              "wp_presentation_feedback@70)\nwp_presentation@7.feedback"), {"twice in a commit"}),
    "two timestamps": (changed("<xdg_wm_base@5.ping(77)", "wp_commit_timing_manager_v1@20.get_timer(new id "
                               "wp_commit_timer_v1@21, wl_surface@3)\nwp_commit_timer_v1@21.set_timestamp(0, 1, 1)\n"
                               "wp_commit_timer_v1@21.set_timestamp(0, 1, 2)\n<xdg_wm_base@5.ping(77)"),
                       {"twice in a commit"}),
    "no points": (EXPLICIT + FRAME, {"fence points"}),
    "no release point": (EXPLICIT + POINTS.splitlines()[0] + "\n" + FRAME, {"fence points"}),
    "points without a buffer": (EXPLICIT + POINTS + "wl_surface@3.commit()\n", {"fence points"}),
    "two acquire points": (EXPLICIT + POINTS + POINTS.splitlines()[0] + "\n" + FRAME, {"twice in a commit"}),
}

KEPT = {
    "a good run": GOOD,
    "a later ack for two": changed("xdg_surface@8.ack_configure(41)",
                                   "<xdg_surface@8.configure(42)\nxdg_surface@8.ack_configure(42)"),
    "the log ends at a configure": GOOD.split("xdg_surface@8.ack_configure")[0],
    "the log ends at a ping": GOOD.split("xdg_wm_base@5.pong")[0],
    "two registries": GOOD + "wl_display@1.get_registry(new id wl_registry@50)\n",
    "a commit without a new buffer": changed("<xdg_wm_base@5.ping", "wl_surface@3.commit()\n<xdg_wm_base@5.ping"),
    "a cursor needs no configure": GOOD + "<wl_buffer@11.release()\n"
                                          "wl_compositor@4.create_surface(new id wl_surface@3)\n"
                                          "wl_surface@3.attach(wl_buffer@11, 0, 0)\nwl_surface@3.commit()\n",
    "destroyed once replaced": changed("<wl_buffer@10.release()\n", "wl_buffer@10.destroy()\n").replace(
        "wl_surface@3.attach(wl_buffer@10, 0, 0)\nwl_surface@3.commit()\nxdg", "xdg"),
    "destroyed once hidden": changed("xdg_surface@8.destroy()", "wl_surface@3.attach(nil, 0, 0)\n"
                                     "wl_surface@3.commit()\nwl_buffer@11.destroy()\nxdg_surface@8.destroy()"),
    "explicit synchronisation has no release": EXPLICIT + (POINTS + FRAME) * 3,
}


class Manners(unittest.TestCase):
    def test_who_keeps_the_rules_is_left_alone(self):
        for name, text in KEPT.items():
            with self.subTest(name):
                self.assertEqual(violations(protocol_log.parse(log(text))), [])

    def test_who_breaks_one_is_told_which(self):
        for name, (text, broken) in BROKEN.items():
            with self.subTest(name):
                self.assertEqual(set(rules(text)), broken)

    def test_one_look_may_be_asked_for_before_the_connection(self):
        look = "wl_display@1.get_registry(new id wl_registry@2)\nwl_display@1.sync(new id wl_callback@3)\n"
        more = look + 'wl_registry@2.bind(1, "wl_seat", 1, new id [unknown]@4)\n'
        registry = "wl_display@1.get_registry(new id wl_registry@50)\n"
        for name, text, broken in (("a look and a good run", look + GOOD, 0), ("nothing at all", "", 0),
                                   ("a look alone", look, 0), ("no look", GOOD, 1), ("two looks", look * 2 + GOOD, 1),
                                   ("more than a look", more + GOOD, 1), ("half a look", look.splitlines()[0] + GOOD, 1),
                                   ("the look comes last", GOOD + look, 1), ("two registries", look + GOOD + registry, 0),
                                   ("three registries", look + GOOD + registry * 2, 1)):
            with self.subTest(name):
                self.assertEqual(len(violations(protocol_log.parse(log(text)), (LookFirst,))), broken)

    def test_the_line_is_the_log_s(self):
        text = changed("<wl_buffer@10.release()\n", "")
        violation, = violations(protocol_log.parse("noise\n" + log(text)))
        lines = ["noise", *log(text).splitlines()]
        self.assertIn("wl_surface@3.commit()", lines[violation.line - 1])
        self.assertIn("wl_buffer 10", violation.text)


if __name__ == "__main__":
    harness.main()
