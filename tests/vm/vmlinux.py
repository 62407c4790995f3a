"""A kernel without its wrapping: QEMU starts it at once (PVH), where the emulated processor would unpack it
for seconds, at each start anew."""

import lzma
import struct
import subprocess
from pathlib import Path

XZ, ZSTD = b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"
# From the Linux/x86 boot protocol: the header's fields, and units of 512 bytes.
SETUP_SECTORS, PAYLOAD = 0x1F1, 0x248
SECTOR = 512
LENGTH = 4  # of the unpacked kernel, which follows the packed one


def payload(image: bytes) -> bytes:
    """What a bzImage carries: the packed kernel alone."""
    offset, length = struct.unpack_from("<II", image, PAYLOAD)
    begin = (image[SETUP_SECTORS] + 1) * SECTOR + offset
    return image[begin:begin + length - LENGTH]


def unpacked(packed: bytes) -> bytes:
    """The kernel, or nothing where this machine cannot unpack it."""
    if packed.startswith(XZ):
        return lzma.decompress(packed)
    if packed.startswith(ZSTD):
        try:
            done = subprocess.run(["zstd", "-d", "-c"], input=packed, capture_output=True, check=False)
        except FileNotFoundError:
            return b""
        return done.stdout if done.returncode == 0 else b""
    return b""


def make(image: Path, scratch: Path) -> None:
    """Write it to SCRATCH/vmlinux, or a link to the image that can be started as well."""
    kernel = unpacked(payload(image.read_bytes()))
    if kernel.startswith(b"\x7fELF"):
        (scratch / "vmlinux").write_bytes(kernel)
    else:
        (scratch / "vmlinux").symlink_to(image)
