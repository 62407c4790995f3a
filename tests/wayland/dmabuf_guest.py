#!/usr/bin/env python3
"""dmabuf_guest.py: in a guest, which has /dev/udmabuf: weston draws with OpenGL, without a display, and shows what is
in a dmabuf of the kind that lavapipe makes; then what is drawn into it. MESA_GL has mesa.environment() as JSON."""
import fcntl
import json
import mmap
import os
import pathlib
import struct
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import pixels  # noqa: E402
from weston import Weston  # noqa: E402
from wire import Fd, Window  # noqa: E402

UDMABUF_CREATE = 0x40187542  # linux/udmabuf.h
F_ADD_SEALS, F_SEAL_SHRINK = 1033, 2
SIZE = 128  # pixels in both directions; a line is a multiple of all alignments
BYTES = 4 * SIZE * SIZE
XRGB8888 = 0x34325258
COLOURS = {(255, 128, 0): b"\x00\x80\xff\xff", (0, 64, 255): b"\xff\x40\x00\xff"}


def udmabuf(memory: int) -> int:
    with open("/dev/udmabuf", "rb") as device:
        return fcntl.ioctl(device, UDMABUF_CREATE, bytearray(struct.pack("=IIQQ", memory, 1, 0, BYTES)))


def count(picture: pixels.Picture, colour: tuple[int, int, int]) -> int:
    return sum(row[at:at + 3] == bytes(colour) for row in picture.rows for at in range(0, len(row), 3))


def main() -> None:
    memory = os.memfd_create("frame", os.MFD_ALLOW_SEALING)
    os.ftruncate(memory, BYTES)
    fcntl.fcntl(memory, F_ADD_SEALS, F_SEAL_SHRINK)
    pixels_of_it = mmap.mmap(memory, BYTES)
    shot = pathlib.Path(tempfile.mkdtemp()) / "shot.png"
    with Weston((320, 240), renderer="gl", env=json.loads(os.environ["MESA_GL"])) as compositor:
        window = Window(compositor.socket)
        print("zwp_linux_dmabuf_v1", window.globals["zwp_linux_dmabuf_v1"][1])
        params = window.make(window.bind("zwp_linux_dmabuf_v1", 3), 1)
        window.send(params, 1, Fd(udmabuf(memory)), 0, 0, 4 * SIZE, 0, 0)
        buffer = window.make(params, 3, SIZE, SIZE, XRGB8888, 0)
        for colour, word in COLOURS.items():
            pixels_of_it[:] = word * (SIZE * SIZE)
            window.send(window.surface, 2, 0, 0, SIZE, SIZE)
            window.show(buffer)
            compositor.screenshot(shot)
            print(colour, count(pixels.read(shot), colour), "of", SIZE * SIZE)


if __name__ == "__main__":
    main()
