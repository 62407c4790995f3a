"""Reads what WAYLAND_DEBUG=1 makes libwayland print about a client, of libwayland 1.21 (wl_surface@3) and 1.23
(wl_surface#3, with the queue's name). Pure.

An event is printed when it is dispatched, not when it arrives: what stands above a request in the log, the client
had been told before it made the request.
"""
import re
from dataclasses import dataclass

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
LINE = re.compile(r"^\[ *(?P<ms>\d+)\.(?P<us>\d{3})\]\s+(?:\{(?P<queue>[^}]*)\}\s+)?(?P<discarded>discarded )?"
                  r"\s*(?P<sent>-> )?(?P<interface>\w+|\[unknown\])[@#](?P<id>\d+)\.(?P<name>\w+)\((?P<args>.*)\)$")
OBJECT = re.compile(r"^(?:new id )?(?P<interface>\w+|\[unknown\])[@#](?P<id>\d+)$")
ARGUMENT = re.compile(r'"(?:[^"]|"(?!, |$))*"|[^,]+')


@dataclass(frozen=True)
class Message:
    line: int  # in the log, from 1
    us: int
    sent: bool  # a request; else an event
    discarded: bool  # an event for an object that the client had destroyed
    interface: str
    id: int
    name: str
    args: tuple[str, ...]

    def object(self, at: int) -> int:
        """The id of the object that is this argument, 0 for nil."""
        found = OBJECT.match(self.args[at])
        return int(found["id"]) if found else 0

    def number(self, at: int) -> int:
        return int(self.args[at])

    def created(self) -> tuple[str, int] | None:
        """Interface and id of the object that this message makes."""
        found = next((OBJECT.match(arg) for arg in self.args if arg.startswith("new id ")), None)
        if found is None:
            return None
        if found["interface"] != "[unknown]":
            return found["interface"], int(found["id"])
        return self.args[1].strip('"'), int(found["id"])  # wl_registry.bind has the name in a string


def parse_line(line: int, text: str) -> Message | None:
    """None for what is none of libwayland's lines."""
    found = LINE.match(COLOUR.sub("", text).rstrip())
    if found is None:
        return None
    args = tuple(arg.strip() for arg in ARGUMENT.findall(found["args"]))
    return Message(line, int(found["ms"]) * 1000 + int(found["us"]), bool(found["sent"]), bool(found["discarded"]),
                   found["interface"], int(found["id"]), found["name"], args)


def parse(text: str) -> list[Message]:
    messages = (parse_line(number, line) for number, line in enumerate(text.splitlines(), 1))
    return [message for message in messages if message is not None]


def registries(messages: list[Message]) -> int:
    """How many of the process's libraries look at the globals: GLFW is one, we are another."""
    return sum(1 for m in messages if m.sent and (m.interface, m.name) == ("wl_display", "get_registry"))


def by_connection(messages: list[Message]) -> list[list[Message]]:
    """What belongs to each of the process's connections, one after another. Ids count from 2 in each, and whose object
    has id 2 keeps it until the compositor says that it is deleted."""
    found: list[list[Message]] = [[]]
    taken = False
    for message in messages:
        if (message.interface, message.name) == ("wl_display", "delete_id") and message.number(0) == 2:
            taken = False
        created = message.created() if message.sent else None
        if created and created[1] == 2:
            if taken:
                found.append([])
            taken = True
        found[-1].append(message)
    return [part for part in found if part]


def connections(messages: list[Message]) -> int:
    """How often the process has connected."""
    return len(by_connection(messages))


def feedback_answers(messages: list[Message]) -> dict[str, int]:
    """What became of the requests for presentation feedback: asked, presented, discarded."""
    asked = sum(1 for m in messages if m.sent and (m.interface, m.name) == ("wp_presentation", "feedback"))
    told = [m.name for m in messages if m.interface == "wp_presentation_feedback" and not m.sent]
    return {"asked": asked, "presented": told.count("presented"), "discarded": told.count("discarded")}
