#!/usr/bin/env python3
"""drm-show draws with Vulkan (lavapipe) on vkms: what is scanned out is what the same frame is without a
display. The validation layer watches all of it, synchronization too: any message is a failure."""
import json
import os
import subprocess
import sys

import harness
from harness import BUILD, SHOW, DeviceTest

sys.path.append(str(harness.ROOT / "tests" / "vm"))
import png  # pylint: disable=wrong-import-position

SIZE = "640x480"
# Frame 1 shows the time 0, and the next one comes when nobody waits for it any more.
STILL = "--fps 0.001 --no-vt"
TRIANGLE = """mtllib tri.mtl
v -1 -1 0
v 1 -1 0
v 0 1 0
usemtl red
f 1 2 3
f 3 2 1
"""
# Fast at first, and then not at all.
SLOW_GLSLC = """#!/bin/sh
if [ -e slow ]; then
    touch compiling
    exec sleep 100
fi
PATH=${PATH#*:} exec glslc "$@"
"""


class VulkanTest(DeviceTest):
    def run_vulkan(self, script: str, *options: str) -> harness.Result:
        result = self.run_vm(script, *harness.vulkan_environment(), *options)
        self.assert_valid_vulkan(result.out, result.err)
        return result

    def drawn(self, content: str):
        """The first frame without a display, drawn on this machine."""
        folder = self.scratch / "drawn"
        command = [SHOW, "--backend", "headless", "--output-dir", folder, "--mode", SIZE, *content.split()]
        done = subprocess.run(command, env=os.environ | harness.vulkan_settings(), capture_output=True, text=True,
                              cwd=self.scratch, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assert_valid_vulkan(done.stdout, done.stderr)
        return folder / "frame-000001.png"

    def check(self, content: str, *, options: str = "", vm: tuple[str, ...] = ()) -> harness.Result:
        result = self.run_vulkan(f"cd {self.scratch}; show-and-grab got -- $SHOW {content} --mode {SIZE} {STILL} {options}",
                                 *vm)
        self.assertEqual(result.code, 0, result.out + result.err)
        self.assertIn("Drawn by llvmpipe", result.out)
        self.assertIn("the processor draws", result.out)
        self.assert_same_picture(self.drawn(content), result.shot("got"))
        return result


class Scenes(VulkanTest):
    def test_shader(self):
        result = self.check("--shader plasma", options="-v")
        self.assertIn("framebuffers are XRGB8888 (XR24), linear", result.out)

    def test_room(self):
        self.check("--scene room")

    def test_room_on_its_side(self):
        self.check("--scene room --rotate 90")

    def test_shader_of_a_file(self):
        (self.scratch / "flag.frag").write_text(
            "void mainImage(out vec4 c, in vec2 p) { c = vec4(p / iResolution.xy, step(0.5, p.x / iResolution.x), 1); }")
        self.check("--shader flag.frag")

    def test_model(self):
        (self.scratch / "tri.obj").write_text(TRIANGLE)
        (self.scratch / "tri.mtl").write_text("newmtl red\nKd 0.8 0.1 0.1\n")
        self.check("--model tri.obj")

    def test_pattern(self):
        self.check("--pattern ebu --no-label --render vulkan")
        self.assert_same_picture(self.drawn("--pattern ebu --no-label --render cpu"), self.drawn(
            "--pattern ebu --no-label --render vulkan"))

    def test_where_no_memory_can_be_shared(self):
        """The last rung: frames are copied."""
        shim = BUILD / "tests" / "device" / "ioctl-shim.so"
        result = self.check("--shader gradient", options="-v", vm=("--env", f"LD_PRELOAD={shim}", "--env", "NO_PRIME=1"))
        self.assertIn("framebuffers are dumb buffers", result.out)

    def test_legacy_mode_setting(self):
        """Fences are waited for here: the kernel takes none."""
        self.check("--shader gradient", options="--legacy")


class Frames(VulkanTest):
    def stats(self, options: str, *vm: str) -> dict:
        result = self.run_vulkan(f"$SHOW --mode {SIZE} --no-vt --stats=json {options} 2>said; code=$?; cat said >&2; "
                                 "exit $code", *vm)
        self.assertEqual(result.code, 0, result.err)
        return json.loads(result.out.strip().splitlines()[-1])

    def test_every_frame_is_shown(self):
        output = self.stats("--shader gradient --frames 60 --overlay")["outputs"][0]
        self.assertEqual(output["frames"], {"submitted": 60, "shown": 60, "superseded": 0, "cancelled": 0})
        gpu = output["gpu"]
        self.assertIn("llvmpipe", gpu.pop("name"))
        self.assertEqual(gpu, {"software": True, "rung": "linear", "fences": True, "waits": 0})

    def test_mailbox(self):
        output = self.stats("--shader plasma --present mailbox --fps max --frames 30")["outputs"][0]
        self.assertGreaterEqual(output["frames"]["shown"], 30)

    def test_frames_that_are_read_are_waited_for(self):
        command = [SHOW, "--backend", "headless", "--shader", "plasma", "--frames", "5", "--stats=json"]
        done = subprocess.run(command, env=os.environ | harness.vulkan_settings(), capture_output=True, text=True,
                              check=True)
        stats = json.loads(done.stdout.strip().splitlines()[-1])["headless"]
        self.assertEqual((stats["frames"], stats["width"], stats["height"]), (5, 1920, 1080))
        self.assertEqual(stats["gpu"]["rung"], "copy")
        self.assertGreater(stats["gpu"]["waits"], 0)  # all, unless this thread had to wait for a processor

    def test_two_outputs(self):
        """Two threads, one GPU."""
        outputs = self.stats("--shader gradient --frames 40", "--outputs", "2")["outputs"]
        self.assertEqual([output["frames"]["shown"] for output in outputs], [40, 40])

    def test_mirrored(self):
        outputs = self.stats("--shader gradient --frames 40 --mirror", "--outputs", "2")["outputs"]
        self.assertEqual([output["frames"]["shown"] >= 40 for output in outputs], [True, True])

    def test_nothing_is_left(self):
        result = self.run_vulkan("$SHOW --scene room --no-vt --frames 5 && "
                                 "tail -n 1 /sys/kernel/debug/dma_buf/bufinfo")
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("Total 0 objects", result.out)


    def test_frames_go_on_while_an_edited_shader_is_compiled(self):
        """And nobody waits for the compiler in the end."""
        paint = "void mainImage(out vec4 c, in vec2 p) { c = vec4(iTime, 0, 0, 1); }"
        (self.scratch / "my.frag").write_text(paint)
        (self.scratch / "glslc").write_text(SLOW_GLSLC)
        (self.scratch / "glslc").chmod(0o755)
        begin = f"cd {self.scratch}; export PATH={self.scratch}:$PATH; "
        result = self.run_vulkan(
            begin + f"$SHOW --shader my.frag --no-vt --mode {SIZE} --stats=json --duration 6 2>said & show=$!; "
            "while ! grep -q Showing said; do kill -0 $show || break; sleep 0.1; done; "
            f"touch slow; echo '{paint} // and more' > my.frag; "
            "wait $show; code=$?; ls; pidof sleep; cat said >&2; exit $code")
        self.assertEqual(result.code, 0, result.err)
        stats, *rest = result.out.splitlines()
        output = json.loads(stats)["outputs"][0]
        self.assertIn("compiling", rest)
        self.assertNotRegex(rest[-1], r"^[0-9 ]+$", "the compiler goes on")
        self.assertGreater(output["frames"]["shown"], 20)
        self.assertLess(output["interval"]["max_us"], 3e6)


class Library(VulkanTest):
    """What others write with drm-show/vulkan.hpp."""
    def test_a_program_paints_two_outputs(self):
        result = self.run_vulkan(f"show-and-grab got -- {BUILD}/tests/device/paint llvmpipe; cat /sys/kernel/debug/dri/0/framebuffer",
                                 "--outputs", "2")
        self.assertEqual(result.code, 0, result.out + result.err)
        self.assertIn("Showing XRGB8888 (XR24), linear", result.out)
        self.assertIn("allocated by = [fbcon]", result.out)
        self.assertNotIn("allocated by = paint", result.out)
        sea, sun = b"\0\0\xff", b"\xff\xff\0"
        outside, inside = 1024 * sea, 256 * sea + 512 * sun + 256 * sea
        (self.scratch / "expected.png").write_bytes(
            png.from_ppm(b"P6 1024 768 255\n" + 192 * outside + 384 * inside + 192 * outside))
        for output in (0, 1):
            self.assert_same_picture(self.scratch / "expected.png", result.shot(f"got-{output}"))

    def test_what_is_not_there_is_said(self):
        result = self.run_vulkan(f"{BUILD}/tests/device/paint no-such-gpu")
        self.assert_fails(result, 1, 'there is no GPU "no-such-gpu"')

    def test_the_example(self):
        result = self.run_vulkan(f"{BUILD}/examples/05-triangle 1", "--outputs", "2")
        self.assertEqual(result.code, 0, result.out + result.err)
        self.assertIn("drawn by llvmpipe", result.out)


class Errors(VulkanTest):
    def refused(self, command: str, code: int, *words: str, env: str = "") -> None:
        done = subprocess.run(f"{env} {SHOW} {command}", shell=True, env=os.environ | harness.vulkan_settings(),
                              capture_output=True, text=True, cwd=self.scratch, check=False)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)

    HEADLESS = "--backend headless --stats --mode 64x64"

    def test_names(self):
        self.refused("--shader plasmo", 2, 'there is no shader "plasmo"', 'Did you mean "plasma"?')
        self.refused("--scene cellar", 2, "room")
        self.refused(f"{self.HEADLESS} --scene room --gpu voodoo", 11, 'no GPU "voodoo"', "llvmpipe")

    def test_what_does_not_go_together(self):
        self.refused("--shader plasma --pattern card", 2, "at the same time")
        self.refused("--texture x.png", 2, "--model")
        self.refused("--render cpu --shader plasma", 2, "--gpu software")
        self.refused("--backend headless", 2, "--output-dir")
        self.refused(f"{self.HEADLESS} --tty 3", 2, "--tty with --backend headless")

    def test_without_vulkan(self):
        """No driver: everything that the CPU draws goes on."""
        nothing = "VK_DRIVER_FILES=/none VK_ICD_FILENAMES=/none"
        self.refused(f"{self.HEADLESS} --shader plasma", 11, "mesa-vulkan-drivers", env=nothing)
        self.refused(f"{self.HEADLESS} --pattern card", 0, env=nothing)

    def test_shader_with_mistakes(self):
        (self.scratch / "bad.frag").write_text("// one\nvoid mainImage(out vec4 c, in vec2 p) {\n  c = nonsense;\n}\n")
        self.refused(f"{self.HEADLESS} --shader bad.frag", 8, "bad.frag:3", "nonsense")
        (self.scratch / "bad.spv").write_bytes(b"\x03\x02\x23\x07" + bytes(8))
        self.refused(f"{self.HEADLESS} --shader bad.spv", 8, "bad.spv")

    def test_what_needs_a_gpu_is_not_said_of_the_processor(self):
        self.refused(f"{self.HEADLESS} --pattern card --gpu foo", 2, "--gpu", "--render vulkan")
        self.refused(f"{self.HEADLESS} --shader --gpu software", 2, "--shader lacks its value", "--gpu follows")

    def test_shaders_are_spoken_of_as_they_were_written(self):
        (self.scratch / "sample.frag").write_text("layout(location=0) out vec4 o; void main() { o = vec4(gl_SampleID); }")
        self.refused(f"{self.HEADLESS} --shader sample.frag", 8, "sample.frag: error: a shader that cannot be drawn with",
                     "gl_SampleID", "drm-show(1), SHADERS")

    def test_a_full_disk_leaves_no_half_picture(self):
        frames = self.scratch / "frames"
        frames.mkdir()
        (frames / "frame-000001.png").write_text("from before")
        subprocess.run(f"trap '' XFSZ; ulimit -f 4; ! {SHOW} --backend headless --output-dir frames --pattern zone-plate "
                       "--mode 640x480 --record off 2>said", shell=True, cwd=self.scratch, check=True)
        self.assertIn("cannot write frames/frame-000001.png: File too large", (self.scratch / "said").read_text())
        self.assertEqual([(file.name, file.read_bytes()) for file in frames.iterdir()],
                         [("frame-000001.png", b"from before")])

    def test_damaged_model(self):
        (self.scratch / "bad.obj").write_text("v 0 0 0\nf 1 2 9\n")
        self.refused(f"{self.HEADLESS} --model bad.obj", 8, "bad.obj:2")


if __name__ == "__main__":
    harness.main()
