"""The manners that drm-show's windows have to have, with the GLFW that this process would load."""
import ctypes
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "vm"))

import glfw  # noqa: E402
import protocol_buffers  # noqa: E402
from protocol_log import Message  # noqa: E402
from protocol_rules import LookFirst, OneConnection, Violation  # noqa: E402

IS_34 = glfw.own_version() >= (3, 4)
NEEDS_SEAT = glfw.own_version() == (3, 4)
CONNECTIONS = 2 if IS_34 else 1  # one after the other: what is missing would make it crash, so that we look first


def _has_libdecor() -> bool:
    try:
        ctypes.CDLL("libdecor-0.so.0")
    except OSError:
        return False
    return True


class Connections(LookFirst if IS_34 else OneConnection):
    most_registries = OneConnection.most_registries + (1 if IS_34 and _has_libdecor() else 0)


RULES = tuple(Connections if rule is OneConnection else rule for rule in protocol_buffers.RULES)


def violations(messages: list[Message]) -> list[Violation]:
    return protocol_buffers.violations(messages, RULES)
