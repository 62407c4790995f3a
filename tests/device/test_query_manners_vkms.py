#!/usr/bin/env python3
"""drm-query stands in nobody's way: never master, sets nothing, leaves nothing behind, and does not
crash whatever the kernel answers."""
import errno
import json
import re
import shutil
from collections import Counter

import harness
from guest_test import CARD, GuestTest

HELPERS = harness.BUILD / "tests" / "device"
SHIM = HELPERS / "ioctl-shim.so"
CLIENTS = "/sys/kernel/debug/dri/0/clients"
OK, UNEXPECTED, NO_DEVICE, NO_PERMISSION, LOST = 0, 1, 3, 4, 9

# Requests that read, or that change what only our own descriptor sees. DROP_MASTER gives up what
# opening gave; GEM_CLOSE closes the handles that GETFB2 made for us.
READING = {f"DRM_IOCTL_{name}" for name in (
    "VERSION", "GET_CAP", "SET_CLIENT_CAP", "DROP_MASTER", "GEM_CLOSE", "MODE_GETRESOURCES",
    "MODE_GETCRTC", "MODE_GETENCODER", "MODE_GETCONNECTOR", "MODE_GETPROPERTY",
    "MODE_GETPROPBLOB", "MODE_GETFB", "MODE_GETFB2", "MODE_GETPLANERESOURCES", "MODE_GETPLANE",
    "MODE_OBJ_GETPROPERTIES", "MODE_LIST_LESSEES")}
# How libdrm finds out whether we are master: it authenticates nobody.
PROBING = READING | {"DRM_IOCTL_AUTH_MAGIC"}

ONE_PLANE = json.dumps({
    "crtcs": [{"name": "c", "writeback": False}],
    "planes": [{"name": "p", "type": "primary", "possible_crtcs": ["c"]}],
    "encoders": [{"name": "e", "possible_crtcs": ["c"]}],
    "connectors": [{"name": "n", "possible_encoders": ["e"]}]})


class Master(GuestTest):
    # Somebody wants to be master again and again, while others look: drm-query, and, to see that
    # this can fail, drm_info, which stays master for as long as it runs.
    script = f"""
    contend() {{
        name=$1; times=$2; shift 2
        run $name {HELPERS}/take-master 60 & taker=$!
        for i in $(seq $times); do "$@" > seen 2> errors || exit 98; done
        kill -INT $(pidof take-master); wait $taker
    }}
    contend query 200 $QUERY --json
    contend drm_info 20 drm_info -j {CARD}
    cp {CLIENTS} $VM_OUT/after
    run alone {HELPERS}/take-master 0.3
    show; for i in 1 2 3 4 5; do run while-shown $QUERY --json; $QUERY tree > tree || exit 97; done
    cp {CLIENTS} $VM_OUT/shown; run show-ended end_show
    """

    def test_a_program_that_starts_meanwhile_becomes_master(self):
        seen = self.json("query")
        self.assertGreater(seen["opened"], 100)
        # Between its opening and its first request it is master: the kernel leaves no other way.
        self.assertLess(seen["refused"], seen["opened"] / 50)
        self.assertLess(seen["longest_ms"], 500)

    def test_drm_info_does_stand_in_the_way(self):
        seen = self.json("drm_info")
        self.assertGreater(seen["refused"], seen["opened"] / 50)

    def test_nobody_is_master_afterwards(self):
        self.assertEqual((self.out / "after").read_text().count("\n"), 1)  # the headline
        self.assertEqual(self.json("alone")["refused"], 0)

    def test_who_shows_stays_master_and_goes_on(self):
        self.assertEqual([master["command"] for master in self.report("while-shown")["masters"]],
                         ["drm-show"])
        clients = (self.out / "shown").read_text()
        self.assertRegex(clients, r"\A.*\n *drm-show +\d+ +\d+ +y .*\n\Z")
        self.ran("show-ended")


class Requests(GuestTest):
    questions = ("--json", "list", "tree", "formats", "graph", "Virtual-1", "plane/35")
    script = (f"{harness.SAVE_STATE} $VM_OUT/console; run traced0 strace -f -qq -o $VM_OUT/strace0 "
              "-e trace=ioctl $QUERY --json --probe; save_state $VM_OUT/console-after; "
              "show; save_state $VM_OUT/shown; n=0; for question in " + " ".join(questions) + "; do "
              "n=$((n + 1)); "
              "run traced$n strace -f -qq -o $VM_OUT/strace$n -e trace=ioctl $QUERY $question; done; "
              "save_state $VM_OUT/shown-after; end_show")

    def requests(self, number: int) -> list[str]:
        text = (self.out / f"strace{number}").read_text()
        all_ = re.findall(r"\bioctl\(\d+, ([^,)]+(?:\([^)]*\))?)", text)
        self.assertEqual(len(all_), len(text.splitlines()))
        return [request for request in all_ if request not in ("TCGETS", "TIOCGWINSZ")]

    def test_only_reading_requests(self):
        for n, question in enumerate(self.questions, 1):
            with self.subTest(question):
                requests = self.requests(n)
                self.assertGreater(len(requests), 100)
                self.assertEqual(set(requests) - READING, set())
                self.assertEqual(requests[0], "DRM_IOCTL_DROP_MASTER")

    def test_probing_changes_nothing_either(self):
        requests = self.requests(0)
        self.assertEqual(set(requests) - PROBING, set())
        self.assertEqual(requests[-1], "DRM_IOCTL_DROP_MASTER")

    def test_the_state_of_the_display_stays_what_it_was(self):
        for name in ("console", "shown"):
            before = (self.out / name).read_text()
            self.assertRegex(before, r"fb=[1-9]")
            self.assertEqual((self.out / f"{name}-after").read_text(), before)


class Arguments(GuestTest):
    script = f"""
    logged() {{ name=$1; shift; LD_PRELOAD={SHIM} IOCTL_LOG=$VM_OUT/$name.log run $name "$@"; }}
    vm-plug 1 off; show; logged current $QUERY --json; logged tree $QUERY tree
    chmod 666 {CARD}; : > $VM_OUT/nobody.log; chmod 666 $VM_OUT/nobody.log
    logged nobody setpriv --reuid 65534 --clear-groups $QUERY --json
    end_show; logged probe $QUERY --json --probe
    """
    options = ("--outputs", "2")

    def counts(self, name: str) -> list[int]:
        self.ran(name)
        return [int(count) for count in
                re.findall(r"GETCONNECTOR .*count_modes=(\d+)", (self.out / f"{name}.log").read_text())]

    def handles(self, name: str) -> tuple[list[set[int]], list[int]]:
        self.ran(name)
        log = (self.out / f"{name}.log").read_text()
        given = [{int(handle) for handle in line.split(",")} - {0}
                 for line in re.findall(r"GETFB2? handles=([\d,]+)", log)]
        return given, [int(handle) for handle in re.findall(r"GEM_CLOSE handle=(\d+)", log)]

    def test_nothing_is_probed_unless_asked_for(self):
        # GETCONNECTOR with room for no mode makes the driver look for monitors.
        for name in ("current", "tree", "nobody"):
            counts = self.counts(name)
            self.assertGreaterEqual(len(counts), 2)
            self.assertNotIn(0, counts, name)

    def test_probe_probes(self):
        self.assertIn(0, self.counts("probe"))

    def test_handles_of_others_framebuffers_are_closed_once(self):
        for name in ("current", "tree"):
            given, closed = self.handles(name)
            self.assertTrue(given and all(given), given)
            self.assertEqual(Counter(handle for each in given for handle in each), Counter(closed))

    def test_who_is_not_root_gets_no_handles(self):
        given, closed = self.handles("nobody")
        self.assertTrue(given)
        self.assertFalse(any(given) or closed)


class Leases(GuestTest):
    script = (f"{HELPERS}/lease > leased & lease=$!; while ! grep -q Leased leased; do sleep 0.05; done; "
              "run json $QUERY --json; run list $QUERY; kill $(pidof lease) $lease")

    def test_lessor_and_lessee_are_masters(self):
        masters = {master["command"] for master in self.report("json")["masters"]}
        self.assertEqual(masters, {"lease", "lessee"})
        self.assertRegex(self.ran("list").out, r"master: lease \(\d+\), lessee \(\d+\)")


@harness.unittest.skipUnless(shutil.which("valgrind"), "valgrind is not installed")
class Memory(GuestTest):
    VALGRIND = ("valgrind -q --leak-check=full --errors-for-leak-kinds=definite,possible "
                "--show-leak-kinds=definite,possible --error-exitcode=99")
    script = (f"show; run tree {VALGRIND} $QUERY tree; run json {VALGRIND} $QUERY --json; end_show; "
              f"run proof {VALGRIND} --errors-for-leak-kinds=all --show-leak-kinds=all "
              "sh -c :")
    options = ("--vkms", ONE_PLANE)

    def test_no_leak_and_no_wrong_access(self):
        for name in ("tree", "json"):
            self.assertGreater(len(self.ran(name).out), 1000)

    def test_a_leak_would_be_seen(self):
        self.ran("proof", code=99)


class Faults(GuestTest):
    """Each request fails with each errno, and the answer is an answer or a message with a code."""

    MEANT = {errno.EINVAL: {UNEXPECTED, NO_DEVICE}, errno.ENOENT: {UNEXPECTED, NO_DEVICE},
             errno.ENODEV: {LOST, NO_DEVICE}, errno.ENOMEM: {UNEXPECTED, NO_DEVICE},
             errno.EACCES: {NO_PERMISSION, NO_DEVICE}}
    ERRORS = ",".join(str(number) for number in MEANT)
    script = f"""
    export LD_PRELOAD={SHIM}
    : < {CARD}
    IOCTL_ERRORS={ERRORS} run every $QUERY --json
    IOCTL_ERRORS={errno.ENOENT} run tree $QUERY tree
    IOCTL_ERRORS={errno.ENODEV} run list $QUERY
    """
    options = ("--vkms", ONE_PLANE, "--time-limit", "300")

    def runs(self, name: str) -> list[tuple[int, int, int, str]]:
        """Request, errno, status and message of each run."""
        parts = re.split(r"\nRUN (\d+) (\d+) (\d+)\n", self.ran(name).err)
        return [(*map(int, parts[i:i + 3]), parts[i - 1]) for i in range(1, len(parts), 4)]

    def is_answer_or_message(self, number: int, status: int, message: str) -> bool:
        if status == OK:
            return message == ""
        return status in self.MEANT[number] and message.startswith("drm-query: ")

    def test_every_run_ends_with_an_answer_or_a_message(self):
        for name, least in (("every", 500), ("tree", 100), ("list", 100)):
            runs = self.runs(name)
            self.assertGreater(len(runs), least)
            self.assertEqual(runs[0], (0, 0, OK, ""))
            wrong = [f"{name}, {errno.errorcode[number]} at request {request}: {status} {message}"
                     for request, number, status, message in runs[1:]
                     if not self.is_answer_or_message(number, status, message)]
            self.assertEqual(wrong, [])

    def test_messages_are_for_who_asks_not_for_who_shows(self):
        for *_, message in self.runs("every"):
            self.assertNotRegex(message, r"--mode|master may|VT")

    def reports(self, name: str) -> list[dict]:
        decoder, text, reports = json.JSONDecoder(), self.ran(name).out, []
        while text:
            report, end = decoder.raw_decode(text)
            reports.append(report[CARD])
            text = text[end:].lstrip()
        return reports

    def test_answers_are_whole_and_tell_what_vanished(self):
        reports = self.reports("every")
        self.assertEqual(len(reports), sum(status == OK for _, _, status, _ in self.runs("every")))
        vanished = Counter(each["kind"] for report in reports
                           for each in report.get("vanished", []))
        self.assertEqual(set(vanished),
                         {"crtc", "encoder", "connector", "plane", "fb", "property", "blob"})
        self.assertEqual(reports[0]["vanished"], [])


if __name__ == "__main__":
    harness.main()
