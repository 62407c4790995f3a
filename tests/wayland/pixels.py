"""Reads PNG files as compositors' screenshots are: 8 bits a channel, RGB or RGBA, not interlaced. Pure.

compare-png compares pictures; this is for what a test says about single pixels.
"""
import pathlib
import struct
import zlib
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {2: 3, 6: 4}  # by PNG's colour type
DARK = 8  # no channel is above this: black, and what rounding makes of it


@dataclass(frozen=True)
class Picture:
    size: tuple[int, int]
    rows: tuple[bytes, ...]  # three bytes a pixel

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        return tuple(self.rows[y][3 * x:3 * x + 3])

    def lit(self) -> int:
        """How many pixels are not black."""
        return sum(sum(1 for x in range(0, len(row), 3) if max(row[x:x + 3]) > DARK) for row in self.rows)

    def box(self, x: int, y: int, width: int, height: int) -> "Picture":
        """What is inside this rectangle."""
        return Picture((width, height), tuple(row[3 * x:3 * (x + width)] for row in self.rows[y:y + height]))


def read(file: pathlib.Path) -> Picture:
    data = file.read_bytes()
    if not data.startswith(SIGNATURE):
        raise ValueError(f"{file} is no PNG")
    header, body = b"", b""
    for kind, content in _chunks(data[len(SIGNATURE):]):
        header = content if kind == b"IHDR" else header
        body += content if kind == b"IDAT" else b""
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    if depth != 8 or colour not in CHANNELS or interlaced:
        raise ValueError(f"{file}: {depth} bits, colour type {colour}, interlaced {interlaced}")
    rows = _rows(zlib.decompress(body), width, height, CHANNELS[colour])
    return Picture((width, height), tuple(rows))


def _chunks(data: bytes):
    while data:
        length, kind = struct.unpack(">I4s", data[:8])
        yield kind, data[8:8 + length]
        data = data[12 + length:]


def _rows(data: bytes, width: int, height: int, channels: int):
    stride, above = width * channels, bytearray(width * channels)
    for y in range(height):
        begin = y * (stride + 1)
        above = _unfiltered(data[begin], bytearray(data[begin + 1:begin + 1 + stride]), above, channels)
        yield bytes(above) if channels == 3 else b"".join(bytes(above[x:x + 3]) for x in range(0, stride, 4))


def _unfiltered(kind: int, row: bytearray, above: bytearray, channels: int) -> bytearray:
    if kind == 0 or kind == 2 and not any(above):
        return row
    for at, value in enumerate(row):
        left = row[at - channels] if at >= channels else 0
        corner = above[at - channels] if at >= channels else 0
        row[at] = (value + _predicted(kind, left, above[at], corner)) & 0xff
    return row


def _predicted(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 4:  # Paeth's
        guess = left + up - corner
        return min((left, up, corner), key=lambda value: abs(guess - value))
    return {1: left, 2: up, 3: (left + up) // 2}[kind]
