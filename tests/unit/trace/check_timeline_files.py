#!/usr/bin/env python3
"""Exports a recording in every format, and reads that with other eyes: each frame that was shown has
its slice, where it belongs and when.

Usage: check_timeline_files.py DRM_TRACE RECORDING_SAMPLE [TEST...]
"""
import json
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

import protobuf

DRM_TRACE, SAMPLE = (str(Path(word).resolve()) for word in sys.argv[1:3])
FRAMES, LATE = 40, 17
BEGIN, END, INSTANT = 1, 2, 3
MS = 1_000_000


class TimelineFiles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        path = cls.folder.name
        made = subprocess.run([SAMPLE, path], check=True, capture_output=True, text=True)
        cls.recording = made.stdout.strip()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def export(self, *options: str) -> bytes:
        done = subprocess.run([DRM_TRACE, "export", self.recording, *options], capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return done.stdout

    def check_screen(self, shown: list[tuple[str, int, int]]) -> None:
        """Slices of an output's screen, in order: name, begin and end in nanoseconds."""
        self.assertEqual([name for name, _, _ in shown], [f"frame {i + 1}" for i in range(FRAMES)])
        for i in range(1, FRAMES - 1):
            length = shown[i][2] - shown[i][1]
            self.assertEqual(length, 16 * MS if i + 1 == LATE - 1 else 8 * MS, shown[i])
            self.assertEqual(shown[i][2], shown[i + 1][1])

    # The Perfetto format.

    def packets(self, data: bytes) -> list[dict]:
        trace = protobuf.fields(data)
        self.assertEqual(set(trace), {1}, "a Trace has nothing but packets")
        return [protobuf.fields(packet) for packet in trace[1]]

    def tracks(self, packets: list[dict]) -> dict[int, tuple[str, str]]:
        """uuid: (name of the group, name)"""
        found = [protobuf.fields(packet[60][0]) for packet in packets if 60 in packet]
        names = {track[1][0]: track[2][0].decode() for track in found}
        self.assertEqual(len(names), len(found), "a uuid was used twice")
        parents = {track[1][0]: track[5][0] if 5 in track else 0 for track in found}
        return {uuid: (names.get(parents[uuid], ""), name) for uuid, name in names.items()}

    def perfetto_events(self, data: bytes) -> dict[tuple[str, str], list]:
        """Of each track (time, type, name, flows), in the order of the file."""
        packets = self.packets(data)
        tracks, found = self.tracks(packets), {}
        for packet in packets:
            if 11 not in packet:
                continue
            self.assertEqual(packet[58], [3], "CLOCK_MONOTONIC")
            event = protobuf.fields(packet[11][0])
            name = event[23][0].decode() if 23 in event else ""
            found.setdefault(tracks[event[11][0]], []).append(
                (packet[8][0], event[9][0], name, event.get(47, [])))
        return found

    def slices(self, events: list) -> list[tuple[str, int, int]]:
        found, open_one = [], None
        for time, kind, name, _ in events:
            if kind == BEGIN:
                self.assertIsNone(open_one, "slices overlap")
                open_one = (name, time)
            elif kind == END:
                found.append((*open_one, time))
                open_one = None
        self.assertIsNone(open_one, "a slice does not end")
        return found

    def only(self, tracks: dict, group: str, name: str):
        found = [key for key in tracks if key[0].endswith(group) and key[1] == name]
        self.assertEqual(len(found), 1, f"{group} {name} in {list(tracks)}")
        return tracks[found[0]]

    def test_perfetto_has_each_frame_on_each_screen(self):
        tracks = self.perfetto_events(self.export("--perfetto"))
        for output in ("HDMI-A-1", "DP-2"):
            self.check_screen(self.slices(self.only(tracks, output, "screen")))

    def test_perfetto_marks_the_missed_blank(self):
        screen = self.only(self.perfetto_events(self.export("--perfetto")), "HDMI-A-1", "screen")
        late = next(time for time, kind, name, _ in screen if name == f"frame {LATE}")
        marks = [(time, name) for time, kind, name, _ in screen if kind == INSTANT]
        self.assertEqual(marks, [(late - 8 * MS, "missed 1: drawn late")])

    def test_perfetto_leads_from_drawing_to_the_screens(self):
        tracks = self.perfetto_events(self.export("--perfetto"))
        drawing = next(events for (group, _), events in tracks.items() if group.endswith("drawing"))
        flows = {name: flow for _, kind, name, flow in drawing if kind == BEGIN}
        self.assertEqual(len({tuple(flow) for flow in flows.values()}), FRAMES)
        for output in ("HDMI-A-1", "DP-2"):
            screen = self.only(tracks, output, "screen")
            self.assertEqual({name: flow for _, kind, name, flow in screen if kind == BEGIN}, flows)

    def test_perfetto_has_clocks(self):
        snapshots = [packet[6][0] for packet in self.packets(self.export()) if 6 in packet]
        self.assertEqual(len(snapshots), 1)
        snapshot = protobuf.fields(snapshots[0])
        clocks = {c[1][0]: c[2][0] for c in map(protobuf.fields, snapshot[1])}
        self.assertEqual(snapshot[2], [3], "the trace's clock is CLOCK_MONOTONIC")
        self.assertEqual(set(clocks), {1, 3})
        self.assertGreater(clocks[1], 1_700_000_000 * 1_000_000_000)

    @unittest.skipUnless(shutil.which("protoc"), "protoc is not installed")
    def test_protoc_can_read_it(self):
        done = subprocess.run(["protoc", "--decode_raw"], input=self.export(), capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        events = [packet for packet in self.packets(self.export()) if 11 in packet]
        self.assertEqual(done.stdout.count(b"\n  11 {"), len(events))

    # JSON.

    def events(self, *options: str) -> list[dict]:
        trace = json.loads(self.export("--json", *options))
        self.assertEqual(trace["otherData"]["clock"], "CLOCK_MONOTONIC")
        return trace["traceEvents"]

    def test_json_is_what_chrome_reads(self):
        kinds = {"M": {"name", "args"}, "X": {"name", "cat", "ts", "dur", "args"},
                 "i": {"name", "cat", "ts", "s", "args"}, "s": {"name", "cat", "ts", "id"},
                 "t": {"name", "cat", "ts", "id"}, "f": {"name", "cat", "ts", "id", "bp"}}
        events = self.events()
        for event in events:
            self.assertEqual(set(event) - {"ph", "pid", "tid"}, kinds[event["ph"]], event)
            for key in ("ts", "dur"):
                self.assertGreaterEqual(event.get(key, 0), 0, event)
        named = {(e["pid"], e["tid"]) for e in events if e["name"] == "thread_name"}
        self.assertTrue({(e["pid"], e["tid"]) for e in events if e["ph"] in "Xi"} <= named)

    def test_json_has_each_frame_on_each_screen(self):
        events = self.events()
        groups = {e["pid"]: e["args"]["name"] for e in events if e["name"] == "process_name"}
        tracks = {(e["pid"], e["tid"]): (groups[e["pid"]], e["args"]["name"])
                  for e in events if e["name"] == "thread_name"}
        slices = {}
        for e in events:
            if e["ph"] == "X":
                begin, length = round(e["ts"] * 1000), round(e["dur"] * 1000)
                slices.setdefault(tracks[e["pid"], e["tid"]], []).append(
                    (e["name"], begin, begin + length))
        for output in ("HDMI-A-1", "DP-2"):
            screen = self.only(slices, output, "screen")
            self.check_screen(screen)
            exact = self.slices(self.only(self.perfetto_events(self.export()), output, "screen"))
            self.assertEqual(screen, exact, "the formats differ")

    def test_json_leads_each_frame_to_its_end(self):
        flows = {}
        for event in self.events():
            if event["ph"] in "stf":
                flows.setdefault(event["id"], []).append((event["ts"], event["ph"]))
        self.assertEqual(len(flows), FRAMES)
        for flow in flows.values():
            phases = "".join(phase for _, phase in sorted(flow, key=lambda step: step[0]))
            self.assertRegex(phases, "^s.*$")
            self.assertEqual((phases.count("s"), phases.count("f")), (1, 1))

    def test_text_of_others_is_kept_as_far_as_it_is_text(self):
        names = [e["name"] for e in self.events() if e["ph"] == "i"]
        self.assertIn('pattern="quoted" <&> ä �', names)
        self.assertIn("card0: was removed", names)
        self.assertIn("n" * 400 + "...", names)

    # Pictures and parts.

    def test_the_picture_is_well_formed(self):
        root = xml.fromstring(self.export("--svg"))
        texts = [t.text for t in root.iter("{http://www.w3.org/2000/svg}text")]
        self.assertIn("missed 1: drawn late", texts)
        titles = [t.text for t in root.iter("{http://www.w3.org/2000/svg}title")]
        for frame in range(1, FRAMES + 1):
            self.assertTrue(any(t.startswith(f"frame {frame} at ") for t in titles), frame)

    def test_a_part_around_a_frame(self):
        whole, part = self.events(), self.events("--around", str(LATE))
        self.assertLess(len(part), len(whole) * 0.8)
        self.assertIn(f"frame {LATE}", {e["name"] for e in part})
        self.assertEqual(self.export("--json", "--around", f"0:{LATE}"),
                         self.export("--json", "--around", str(LATE)))
        self.assertIn("missed 1: drawn late", {e["name"] for e in self.events("--around", "missed")})

    def fails(self, code: int, *options: str) -> str:
        done = subprocess.run([DRM_TRACE, "export", self.recording, *options], capture_output=True,
                              text=True)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stderr

    def test_what_is_not_there(self):
        self.assertIn("nothing is told of it", self.fails(10, "--around", "4711"))
        self.assertIn("is no frame", self.fails(2, "--around", "0:x"))
        self.assertIn("cannot be written", self.fails(2, "-o", "/nonexistent/x.json"))

    def test_the_format_is_that_of_the_file(self):
        for name, begin in (("a.json", b"{"), ("a.svg", b"<svg"), ("a.pftrace", b"\x0a")):
            path = Path(self.folder.name) / name
            self.export("-o", str(path))
            self.assertTrue(path.read_bytes().startswith(begin), name)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
