"""Requests of virtual terminals (linux/vt.h, linux/kd.h), for whatever in a guest looks at one or changes it."""
import fcntl
import struct
import termios

VT_GETMODE, VT_SETMODE, VT_GETSTATE, VT_RELDISP, VT_ACTIVATE = 0x5601, 0x5602, 0x5603, 0x5605, 0x5606
VT_AUTO, VT_PROCESS = 0, 1
KDSETMODE, KDGETMODE, KDGKBMODE, KDSKBMODE = 0x4B3A, 0x4B3B, 0x4B44, 0x4B45
KD_TEXT, KD_GRAPHICS = 0, 1
K_RAW, K_XLATE, K_MEDIUMRAW, K_UNICODE, K_OFF = 0, 1, 2, 3, 4


def text_mode(fd):
    return struct.unpack("i", fcntl.ioctl(fd, KDGETMODE, bytes(4)))[0]


def keyboard_mode(fd):
    return struct.unpack("i", fcntl.ioctl(fd, KDGKBMODE, bytes(4)))[0]


def switching(fd):
    """Who switches: VT_AUTO, VT_PROCESS."""
    return fcntl.ioctl(fd, VT_GETMODE, bytes(8))[0]


def active(fd):
    """The VT that is shown, asked of any."""
    return struct.unpack("HHH", fcntl.ioctl(fd, VT_GETSTATE, bytes(6)))[0]


def type_on(fd, keys):
    """These bytes, as if they were typed there."""
    for byte in keys:
        fcntl.ioctl(fd, termios.TIOCSTI, bytes([byte]))
