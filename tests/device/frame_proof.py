"""Proof that each frame is shown whole and in order: the checksum that the kernel makes of what a CRTC scans out
at each vertical blank must be that of exactly one submitted frame."""
import math
import pathlib
import subprocess
from dataclasses import dataclass

from harness import BUILD, DeviceTest

ANIMATION = BUILD / "tests" / "golden" / "render-animation"

# The checksums end when the reader is killed. A frame is as small as vkms has a mode for: it and
# its checksum are computed for each vertical blank by the one processor that also draws. The kernel's
# part goes first: drawing is nice.
SCRIPT = """
crc=/sys/kernel/debug/dri/0/crtc-0/crc
echo auto > $crc/control
nice -n 19 {command} > said 2>&1 & player=$!
while ! {lit}; do kill -0 $player || {{ cat said; exit 99; }}; sleep 0.02; done
cat $crc/data > $VM_OUT/checksums & reader=$!
wait $player; code=$?
kill $reader
cat said
exit $code
"""
SAID_SO = "grep -q Showing said"
IS_ON = "grep -q 'active=1' /sys/kernel/debug/dri/0/state"


@dataclass
class Life:
    """Of a frame, from the log of the ring."""
    slot: int
    acquired: float
    shown: float = math.inf


def lives(log: pathlib.Path) -> dict[int, Life]:
    found = {}
    for line in log.read_text().splitlines():
        words = line.split()
        fields = dict(word.split("=") for word in words if "=" in word)
        if len(words) > 3 and words[3] == "acquire":
            found[int(fields["frame"])] = Life(int(fields["slot"]), float(words[0]))
        if len(words) > 3 and words[3] in ("flip", "modeset"):
            found[int(fields["frame"])].shown = float(words[0])
    return found


def is_late_checksum(expected: int, got: int, frames: dict[int, Life]) -> bool:
    """vkms computes a checksum in a worker, and says that a flip is done without waiting for it. When it
    falls behind it reads a framebuffer that is not on the screen any more: what it finds there is the
    next frame that was drawn into it. That is so if the log shows that the slot was given out only
    after the flip that let go of it."""
    after = frames.get(expected + 1)
    return (got in frames and after is not None and frames[got].slot == frames[expected].slot
            and got == min(n for n, life in frames.items() if n > expected and life.slot == frames[got].slot)
            and frames[got].acquired >= after.shown)


def without_late_checksums(shown: list[int], frames: dict[int, Life]) -> list[int]:
    """Those that come too early for their place are put where they belong, if they are late ones."""
    kept: list[int] = []
    for at, number in enumerate(shown):
        before = kept[-1] if kept else number
        later = shown[at + 1:at + 40]
        is_early = any(other < number for other in later)
        candidates = [n for n in (before, before + 1) if n in frames]
        if is_early and any(is_late_checksum(n, number, frames) for n in candidates):
            continue
        kept.append(number)
    return kept


class FrameProofTest(DeviceTest):
    def checksums(self, command: str, lit: str, seconds: int, *vm: str) -> list[int]:
        out = self.scratch / "out"
        result = self.run_vm(SCRIPT.format(command=command, lit=lit), "--out", str(out), "--time-limit",
                             str(seconds), *vm)
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
        """What was scanned out, until it was the kernel's console again."""
        while checksums and checksums[-1] not in frames:
            checksums.pop()
        return [frames.get(crc) for crc in checksums]

    def prove(self, arguments: str, count: int, seconds: int, name: str = "bounce", vm: tuple[str, ...] = (),
              submitted: int = 0, drawn_slowly: bool = False) -> list[int]:
        """`submitted`: so many at most, if not all are shown. `drawn_slowly`: see in_order()."""
        command = (f"$SHOW --pattern {name} --no-label --mode 640x480 --fps 100 --frames {count} "
                   f"--ring-log $VM_OUT/ring.log {arguments}")
        shown = self.shown(self.checksums(command, SAID_SO, seconds, *vm),
                           self.frames(name, "640x480", 100, submitted or count))
        self.assertGreater(len(shown), count * 3 // 4)
        return self.in_order(shown, count, drawn_slowly)

    def in_order(self, shown: list[int | None], count: int, drawn_slowly: bool = False) -> list[int]:
        """What was shown: all of it whole, and no frame after a newer one. Where drawing takes most of a frame's
        time, a late checksum of vkms may be that of a frame half drawn: as many as of whole ones are let pass."""
        late = 1 + count // 100
        self.assertLessEqual(shown.count(None), late if drawn_slowly else 0,
                             "what was scanned out was no submitted frame")
        shown = [number for number in shown if number is not None]
        in_order = without_late_checksums(shown, lives(self.scratch / "out" / "ring.log"))
        self.assertLessEqual(len(shown) - len(in_order), late)
        wrong = [pair for pair in zip(in_order, in_order[1:]) if pair[1] < pair[0]]
        self.assertEqual(wrong[:5], [], "frames were shown out of order")
        return in_order

    def prove_all(self, arguments: str, count: int, *rest, **more) -> None:
        """Under FIFO none is left out; those before the reader came are not known."""
        in_order = self.prove(arguments, count, *rest, **more)
        self.assertEqual(in_order[-1], count)
        first = in_order[0]
        self.assertLess(first, 60)
        seen = set(in_order)
        missing = [number for number in range(first, count + 1) if number not in seen]
        self.assertLess(len(missing), 2 + count // 20, f"never seen: {missing[:20]}")
