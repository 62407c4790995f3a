"""The manners that drm-show's windows have to have, with the GLFW that this process would load."""
import ctypes
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "vm"))

import glfw  # noqa: E402
import protocol_buffers  # noqa: E402
from protocol_log import Message  # noqa: E402
from protocol_rules import OneConnection, SeatFirst, Violation  # noqa: E402

NEEDS_SEAT = glfw.own_version() == (3, 4)  # it crashes where there is none, so that we look first
CONNECTIONS = 2 if NEEDS_SEAT else 1  # one after the other


def _has_libdecor() -> bool:
    """GLFW 3.4 or newer takes it if it is there."""
    try:
        ctypes.CDLL("libdecor-0.so.0")
    except OSError:
        return False
    return glfw.own_version() >= (3, 4)


class Connections(SeatFirst if NEEDS_SEAT else OneConnection):
    most_registries = OneConnection.most_registries + (1 if _has_libdecor() else 0)


RULES = tuple(Connections if rule is OneConnection else rule for rule in protocol_buffers.RULES)


def violations(messages: list[Message]) -> list[Violation]:
    return protocol_buffers.violations(messages, RULES)
