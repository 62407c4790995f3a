#!/usr/bin/env python3
"""Each frame is shown whole and in order (frame_proof.py), and proof that the tests would notice if it were not
so."""
import os

import harness
from frame_proof import IS_ON, FrameProofTest
from harness import BUILD

PLAY = BUILD / "tests" / "device" / "play-frames"


class FrameProof(FrameProofTest):
    def test_thousands_of_frames_in_order_and_whole(self):
        """PROOF_FRAMES=10000 takes three minutes, and as many checksums as anybody wants."""
        count = int(os.environ.get("PROOF_FRAMES", "3000"))
        self.prove_all("", count, 180 + count // 10)

    def test_with_two_framebuffers_and_every_pixel_changing(self):
        self.prove_all("--buffers 2", 300, 120, "zone")

    def test_without_atomic_mode_setting(self):
        self.prove_all("--legacy", 300, 120)

    def test_drawn_by_vulkan(self):
        """The same frames as the processor draws, from a GPU's memory."""
        self.prove_all("--render vulkan", 200, 300, vm=harness.vulkan_environment(), drawn_slowly=True)

    def test_drawn_by_vulkan_as_fast_as_it_can(self):
        """In a mailbox most are superseded; none is shown after a newer one."""
        in_order = self.prove("--render vulkan --present mailbox --buffers 4", 200, 300, submitted=2000,
                              vm=harness.vulkan_environment(), drawn_slowly=True)
        self.assertGreater(len(set(in_order)), 150)

    def played(self, how: str, count: int) -> list[int | None]:
        checksums = self.checksums(f"{PLAY} {how} {count}", IS_ON, 120)
        return self.shown(checksums, self.frames("bounce", "1024x768", 100, count))

    def test_drawing_into_what_is_scanned_out_is_noticed(self):
        count = 120
        shown = self.played("sabotage", count)
        self.assertGreater(shown.count(None), count // 20, "the checksums notice nothing")
        self.assertLess(shown.count(None), len(shown), "nothing was right: this proves nothing")

    def test_the_same_without_sabotage_is_right(self):
        count = 120
        shown = self.played("plain", count)
        self.assertGreater(len(shown), count // 2)
        self.assertEqual(shown.count(None), 0)


if __name__ == "__main__":
    harness.main()
