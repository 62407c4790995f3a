"""Manners of a Wayland client, checked over a whole run: violations(parse(log)). Pure.

Each rule is a class that sees one message after another, with what the other objects are (World). protocol_buffers.py
has those about buffers. Ids are used again by libwayland: what dies is forgotten.
"""
from collections.abc import Iterator
from dataclasses import dataclass, field

import protocol_log
from protocol_log import Message


@dataclass(frozen=True)
class Violation:
    line: int
    rule: str
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.rule}: {self.text}"


@dataclass
class Surface:
    """A wl_surface that lives."""
    id: int
    xdg: int = 0  # its xdg_surface, 0 if it has none
    acked: bool = False  # a configure of its xdg_surface
    attached: int | None = None  # since its last commit: a wl_buffer, 0 for nil
    shown: int = 0  # the wl_buffer of its last commit
    frames: int = 0  # frame callbacks asked for since its last commit
    explicit: bool = False  # wp_linux_drm_syncobj_surface_v1 says when buffers are free


@dataclass
class World:
    """Which objects live, from the messages so far."""
    surfaces: dict[int, Surface] = field(default_factory=dict)
    xdg: dict[int, Surface] = field(default_factory=dict)
    syncobj: dict[int, Surface] = field(default_factory=dict)

    def see(self, m: Message) -> None:
        if not m.sent:
            return
        match m.interface, m.name:
            case "wl_compositor", "create_surface":
                self.surfaces[m.created()[1]] = Surface(m.created()[1])
            case "xdg_wm_base", "get_xdg_surface":
                surface = self.surfaces[m.object(1)]
                surface.xdg, surface.acked = m.created()[1], False
                self.xdg[surface.xdg] = surface
            case "wp_linux_drm_syncobj_manager_v1", "get_surface":
                surface = self.surfaces[m.object(1)]
                surface.explicit = True
                self.syncobj[m.created()[1]] = surface
            case "wp_linux_drm_syncobj_surface_v1", "destroy":
                self.syncobj.pop(m.id).explicit = False
            case "xdg_surface", "ack_configure":
                self.xdg[m.id].acked = True
            case "xdg_surface", "destroy":
                self.xdg.pop(m.id).xdg = 0
            case "wl_surface", _:
                self._see_surface(m, self.surfaces[m.id])

    def _see_surface(self, m: Message, surface: Surface) -> None:
        if m.name == "attach":
            surface.attached = m.object(0)
        elif m.name == "frame":
            surface.frames += 1
        elif m.name == "commit":
            surface.shown = surface.shown if surface.attached is None else surface.attached
            surface.attached, surface.frames = None, 0
        elif m.name == "destroy":
            del self.surfaces[m.id]


class Rule:
    """see() is called before the world has seen the message, end() when there are no more."""

    name = ""

    def violation(self, line: int, text: str) -> Violation:
        return Violation(line, self.name, text)

    def see(self, m: Message, world: World) -> Iterator[Violation]:
        yield from ()

    def end(self) -> Iterator[Violation]:
        yield from ()


class Acked(Rule):
    """Each configure is acknowledged, in order, before the next buffer is attached. A later serial acknowledges
    the earlier ones as well."""

    name = "unacked configure"

    def __init__(self) -> None:
        self.open: dict[int, list[tuple[str, int]]] = {}  # xdg_surface: (serial, line)
        self.last = 0  # line of the last request

    def see(self, m, world):
        self.last = m.line if m.sent else self.last
        if m.interface == "xdg_surface":
            yield from self._see_xdg(m)
        elif m.sent and (m.interface, m.name) == ("wl_surface", "attach") and m.object(0) != 0:
            for serial, line in self.open.get(world.surfaces[m.id].xdg, []):
                yield self.violation(m.line, f"wl_surface {m.id} gets a buffer before the configure {serial} of "
                                             f"line {line} is acknowledged")

    def _see_xdg(self, m):
        if m.name == "configure" and not m.discarded:
            self.open.setdefault(m.id, []).append((m.args[0], m.line))
        elif m.name == "destroy":
            self.open.pop(m.id, None)
        elif m.name == "ack_configure":
            serials = [serial for serial, _ in self.open.get(m.id, [])]
            if m.args[0] not in serials:
                yield self.violation(m.line, f"xdg_surface {m.id} acknowledges {m.args[0]}; what is open: {serials}")
            else:
                del self.open[m.id][:serials.index(m.args[0]) + 1]

    def end(self):
        for surface, left in self.open.items():
            for serial, line in left:
                if self.last > line:  # it has done something else since then
                    yield self.violation(line, f"xdg_surface {surface} never acknowledges {serial}")


class FirstBuffer(Rule):
    """No buffer before the first acknowledged configure."""

    name = "buffer before configure"

    def see(self, m, world):
        if not m.sent:
            return
        if (m.interface, m.name) == ("wl_surface", "attach") and m.object(0) != 0:
            surface = world.surfaces[m.id]
            if surface.xdg and not surface.acked:
                yield self.violation(m.line, f"wl_surface {m.id} gets a buffer before its first ack_configure")
        elif (m.interface, m.name) == ("xdg_wm_base", "get_xdg_surface"):
            surface = world.surfaces[m.object(1)]
            if surface.attached or surface.shown:
                yield self.violation(m.line, f"wl_surface {surface.id} has a buffer already when it gets its role")


class Ponged(Rule):
    """Each ping is answered, once, before five others come."""

    name = "unanswered ping"

    def __init__(self) -> None:
        self.open: dict[tuple[int, str], int] = {}
        self.last = 0

    def see(self, m, world):
        self.last = m.line if m.sent else self.last
        if m.interface != "xdg_wm_base" or m.name not in ("ping", "pong"):
            return
        if m.name == "ping":
            self.open[m.id, m.args[0]] = m.line
        elif self.open.pop((m.id, m.args[0]), None) is None:
            yield self.violation(m.line, f"pong {m.args[0]} answers no ping")

    def end(self):
        for (_, serial), line in self.open.items():
            if self.last > line:
                yield self.violation(line, f"ping {serial} gets no pong")


class OneConnection(Rule):
    """The process connects once; at most two look at the globals (GLFW and we)."""

    name = "connections"
    most_registries = 2

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def see(self, m, world):
        if m.sent or m.name == "delete_id":
            self.messages.append(m)
        yield from ()

    def end(self):
        yield from self.check(protocol_log.by_connection(self.messages))

    def check(self, connections: list[list[Message]]) -> Iterator[Violation]:
        if len(connections) > 1:
            yield self.violation(connections[1][0].line, f"it has connected {len(connections)} times")
        for messages in connections:
            if (count := protocol_log.registries(messages)) > self.most_registries:
                yield self.violation(messages[-1].line, f"it has asked for {count} registries")


class LookFirst(OneConnection):
    """Before its one connection it has another, to ask what there is, and for nothing else."""

    look = [("wl_display", "get_registry"), ("wl_display", "sync")]

    def check(self, connections):
        for messages in connections[:1]:
            asked = [(m.interface, m.name) for m in messages if m.sent]
            if asked != self.look:
                yield self.violation(messages[-1].line, f"its first connection is no mere look: {asked[:4]}")
        yield from super().check(connections[1:])


class DeadSurface(Rule):
    """Nothing is asked of a wl_surface after its destruction, nor is it destroyed before its role."""

    name = "dead surface"

    def see(self, m, world):
        if m.sent and m.interface == "wl_surface":
            if m.id not in world.surfaces:
                yield self.violation(m.line, f"{m.name} of wl_surface {m.id}, which does not live")
            elif m.name == "destroy" and world.surfaces[m.id].xdg:
                yield self.violation(m.line, f"wl_surface {m.id} is destroyed before its xdg_surface")


class OneFrameCallback(Rule):
    """At most one frame callback for each commit."""

    name = "frame callbacks"

    def see(self, m, world):
        if m.sent and (m.interface, m.name) == ("wl_surface", "frame") and m.id in world.surfaces:
            if world.surfaces[m.id].frames > 0:
                yield self.violation(m.line, f"wl_surface {m.id} asks for a second frame callback in one commit")
