#!/usr/bin/env python3
"""The test bed's parts that need no guest: reading apt's sources, topologies, PNG, versions."""

import lzma
import struct
import sys
import tempfile
import unittest
import zlib
from pathlib import Path
from unittest import mock

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "device")]

import cache  # noqa: E402
import harness  # noqa: E402
import lavapipe  # noqa: E402
import packages  # noqa: E402
import png  # noqa: E402
import sources  # noqa: E402
import topology  # noqa: E402
import vmlinux  # noqa: E402
from trouble import Trouble, UsageError  # noqa: E402

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"

# What apt's folder holds, and the mirrors to be found in it.
SOURCES = {
    "one line": ({"sources.list": "deb http://m.example/debian bookworm main\n"},
                 ["http://m.example/debian"]),
    "one line, with options and a comment": (
        {"sources.list": f"# deb http://old bookworm main\n"
                         f"deb [arch=amd64 signed-by={KEYRING}] http://m/d trixie main\n"},
        ["http://m/d"]),
    "stanza": ({"sources.list.d/d.sources":
                "Types: deb\nURIs: http://m/d\nSuites: trixie trixie-updates\n"
                f"Components: main\nSigned-By: {KEYRING}\n"}, ["http://m/d"]),
    "stanza with a list of mirrors": ({"sources.list.d/d.sources":
                                       "Types: deb deb-src\nURIs: mirror+file:/etc/apt/m.list\n"
                                       "Suites: bookworm\nComponents: main\n"},
                                      ["mirror+file:/etc/apt/m.list"]),
    "continued lines": ({"sources.list.d/d.sources":
                         "Types: deb\nURIs:\n http://a/d\n http://b/d\nSuites: bookworm\n"},
                        ["http://a/d", "http://b/d"]),
    "comments inside a stanza": ({"sources.list.d/d.sources":
                                  "Types: deb\n# http://snapshot\nURIs: http://m/d\n"
                                  "Suites: bookworm\n"}, ["http://m/d"]),
    "third parties and security left out": (
        {"sources.list": "deb http://s/security bookworm-security main\n"
                         "deb [signed-by=/etc/apt/keyrings/x.gpg] http://x bookworm main\n"
                         "deb cdrom:[Debian] bookworm main\ndeb http://m/d bookworm main\n"},
        ["http://m/d"]),
    "Debian's own key goes first": (
        {"sources.list": f"deb http://unsure bookworm main\n"
                         f"deb [signed-by={KEYRING}] http://sure bookworm main\n"},
        ["http://sure", "http://unsure"]),
    "disabled": ({"sources.list.d/d.sources":
                  "Enabled: no\nTypes: deb\nURIs: http://no\nSuites: bookworm\n",
                  "sources.list": "deb http://m/d bookworm main\n"}, ["http://m/d"]),
}


class Sources(unittest.TestCase):
    def found(self, files: dict[str, str]) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = Path(folder) / name
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
            with mock.patch.object(sources, "ETC", Path(folder)):
                return sources.mirrors()

    def test_mirrors_are_found(self):
        for name, (files, expected) in SOURCES.items():
            with self.subTest(name):
                self.assertEqual(self.found(files), expected)

    def test_none_is_an_error_that_says_where(self):
        with self.assertRaisesRegex(Trouble, "no Debian mirror"):
            self.found({"sources.list": "deb [signed-by=/x.gpg] http://x nodistro main\n"})


class Versions(unittest.TestCase):
    def test_order(self):
        rising = ["6.1.9-1", "6.1.10-1", "6.12.9-1", "6.12.94-1", "6.12.107-1",
                  "7.2.12-1~bpo13+1", "7.2.12-1", "7.2.13-1"]
        self.assertEqual(sorted(reversed(rising), key=packages._natural), rising)


class Cache(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        patch = mock.patch.dict("os.environ", {"DRM_SHOW_CACHE": folder.name})
        patch.start()
        self.addCleanup(patch.stop)

    def test_made_once(self):
        maker = mock.Mock(side_effect=lambda scratch: (scratch / "a").touch())
        for _ in range(2):
            self.assertTrue((cache.made("thing", maker) / "a").exists())
        maker.assert_called_once()

    def test_a_half_result_is_never_taken(self):
        def interrupted(scratch):
            (scratch / "half").touch()
            raise KeyboardInterrupt
        with self.assertRaises(KeyboardInterrupt):
            cache.made("thing", interrupted)
        self.assertFalse((cache.folder() / "thing").exists())
        # What a killed maker left: it had no time to tidy up.
        (cache.folder() / "thing.part").mkdir()
        (cache.folder() / "thing.part" / "half").touch()
        made = cache.made("thing", lambda scratch: (scratch / "whole").touch())
        self.assertEqual([path.name for path in made.iterdir()], ["whole"])


class Lavapipe(unittest.TestCase):
    def chosen(self, version: str) -> str:
        """Which of them is taken on a machine with this version of Mesa ("" for none)."""
        answer = mock.Mock(stdout=version)
        with tempfile.TemporaryDirectory() as own, \
                mock.patch.object(lavapipe, "INSTALLED", Path(own)), \
                mock.patch.object(lavapipe.subprocess, "run", return_value=answer), \
                mock.patch.object(cache, "made", return_value=Path("/backport")):
            (Path(own) / "lvp_icd.x86_64.json").touch()
            path = lavapipe.icd()
            return "own" if path.is_relative_to(own) else str(path)

    def test_the_machines_own_if_it_is_new_enough(self):
        for version, expected in (("ii 25.0.7-2", "own"), ("ii 1:26.1.0-1", "own"), ("", "/backport/lvp.json"),
                                  ("ii 22.3.6-1+deb12u2", "/backport/lvp.json"),
                                  ("rc 25.0.7-2", "/backport/lvp.json")):
            with self.subTest(version):
                self.assertEqual(self.chosen(version), expected)


class Kernel(unittest.TestCase):
    def made(self, packed: bytes) -> bytes:
        """What is started in place of a kernel that is packed in this way, after a setup of two sectors."""
        image = bytearray(3 * 512)
        image[vmlinux.SETUP_SECTORS] = 2
        struct.pack_into("<II", image, vmlinux.PAYLOAD, 16, len(packed) + vmlinux.LENGTH)
        image += bytes(16) + packed + b"size" + b"more"
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "vmlinuz").write_bytes(image)
            vmlinux.make(Path(folder) / "vmlinuz", Path(folder))
            made = (Path(folder) / "vmlinux").read_bytes()
        return b"the image" if made == image else made

    def test_unpacked_where_that_is_possible(self):
        kernel = b"\x7fELF and so on"
        self.assertEqual(self.made(lzma.compress(kernel)), kernel)
        for name, packed in (("no kernel", lzma.compress(b"nothing")), ("unknown", b"LZ4"),
                             ("damaged", vmlinux.ZSTD + b"?")):
            with self.subTest(name):
                self.assertEqual(self.made(packed), b"the image")


class Topology(unittest.TestCase):
    def test_each_output_has_its_own_objects(self):
        script = topology.script([topology.ordinary(2)])
        self.assertEqual(script.count("/connectors/connector1\n"), 1)
        self.assertEqual(script.count("writeback"), 2)
        self.assertIn("echo 2 >/sys/kernel/config/vkms/vkms0/planes/cursor1/type", script)
        self.assertTrue(script.endswith("echo 1 >/sys/kernel/config/vkms/vkms0/enabled\n"))

    def test_mistakes_are_named(self):
        for text, says in (
                ("[{", "not JSON"), ('{"crtc": []}', "unknown crtc"),
                ('{"encoders": [{"name": "e", "possible_crtcs": ["x"]}]}', "names x"),
                ('{"planes": [{"name": "p", "type": "sprite"}]}', "type is one of"),
                ('{"crtcs": [{"name": "a; reboot"}]}', "plain name"),
                ("/nonexistent.json", "No such file")):
            with self.subTest(text), self.assertRaisesRegex(UsageError, says):
                topology.load(text)


class Png(unittest.TestCase):
    def test_pixels_survive(self):
        pixels = bytes(range(2 * 3 * 3))
        data = png.from_ppm(b"P6\n2 3\n255\n" + pixels)
        begin = data.index(b"IDAT") + 4
        length = int.from_bytes(data[begin - 8:begin - 4], "big")
        rows = zlib.decompress(data[begin:begin + length])
        self.assertEqual(rows, b"".join(b"\0" + pixels[at:at + 6] for at in (0, 6, 12)))


if __name__ == "__main__":
    harness.main()
