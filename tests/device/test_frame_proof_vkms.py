#!/usr/bin/env python3
"""Proof that each frame is shown whole and in order: the checksum that the kernel makes of what a CRTC
scans out at each vertical blank must be that of exactly one submitted frame. And proof that this
would notice if it were not so."""
import subprocess

import harness
from harness import BUILD, DeviceTest

PLAY = BUILD / "tests" / "device" / "play-frames"
ANIMATION = BUILD / "tests" / "golden" / "render-animation"

# The checksums end when the reader is killed. A frame is as small as vkms has a mode for: it and
# its checksum are computed for each vertical blank by the one processor that also draws.
SCRIPT = """
crc=/sys/kernel/debug/dri/0/crtc-0/crc
echo auto > $crc/control
{command} > said 2>&1 & player=$!
while ! {lit}; do kill -0 $player || {{ cat said; exit 99; }}; sleep 0.02; done
cat $crc/data > $VM_OUT/checksums & reader=$!
wait $player; code=$?
kill $reader
cat said
exit $code
"""
SAID_SO = "grep -q Showing said"
IS_ON = "grep -q 'active=1' /sys/kernel/debug/dri/0/state"


class FrameProof(DeviceTest):
    def checksums(self, command: str, lit: str, seconds: int) -> list[int]:
        out = self.scratch / "out"
        result = self.run_vm(SCRIPT.format(command=command, lit=lit), "--out", str(out), "--time-limit",
                             str(seconds))
        self.assertEqual(result.code, 0, result.out + result.err)
        # The kernel separates lines with a NUL too many.
        lines = (out / "checksums").read_text().replace("\0", "").splitlines()
        return [int(line.split()[1], 16) for line in lines if len(line.split()) == 2]

    def frames(self, name: str, size: str, rate: int, count: int) -> dict[int, int]:
        """Frame numbers by their checksums."""
        done = subprocess.run([ANIMATION, "--crc", name, size, str(rate), "1", str(count)],
                              capture_output=True, text=True, check=True)
        pairs = [line.split() for line in done.stdout.splitlines()]
        numbers = {int(crc, 16): int(number) for number, crc in pairs}
        self.assertEqual(len(numbers), count, "two frames have the same checksum")
        return numbers

    def shown(self, checksums: list[int], frames: dict[int, int]) -> list[int | None]:
        return [frames.get(crc) for crc in checksums]

    def prove(self, arguments: str, count: int, seconds: int, name: str = "bounce") -> None:
        command = (f"$SHOW --pattern {name} --no-label --mode 640x480 --fps 100 --frames {count} {arguments}")
        shown = self.shown(self.checksums(command, SAID_SO, seconds),
                           self.frames(name, "640x480", 100, count))
        self.assertGreater(len(shown), count * 3 // 4)
        self.assertEqual(shown.count(None), 0, "what was scanned out was no submitted frame")
        self.assertEqual(shown, sorted(shown), "frames were shown out of order")
        self.assertEqual(shown[-1], count)
        # Under FIFO none is left out; those before the reader came are not known.
        first = shown[0]
        self.assertLess(first, 60)
        seen = set(shown)
        missing = [number for number in range(first, count + 1) if number not in seen]
        self.assertLess(len(missing), count // 20, f"never seen: {missing[:20]}")

    def test_ten_thousand_frames_in_order_and_whole(self):
        self.prove("", 10_000, 420)

    def test_with_two_framebuffers_and_every_pixel_changing(self):
        self.prove("--buffers 2", 300, 120, "zone")

    def test_without_atomic_mode_setting(self):
        self.prove("--legacy", 300, 120)

    def played(self, how: str, count: int) -> list[int | None]:
        checksums = self.checksums(f"{PLAY} {how} {count}", IS_ON, 120)
        return self.shown(checksums, self.frames("bounce", "1024x768", 100, count))

    def test_drawing_into_what_is_scanned_out_is_noticed(self):
        shown = self.played("sabotage", 120)
        self.assertGreater(shown.count(None), 0, "the checksums notice nothing")
        self.assertLess(shown.count(None), len(shown), "nothing was right: this proves nothing")

    def test_the_same_without_sabotage_is_right(self):
        shown = self.played("plain", 120)
        self.assertGreater(len(shown), 60)
        self.assertEqual(shown.count(None), 0)


if __name__ == "__main__":
    harness.main()
