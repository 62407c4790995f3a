"""Manners of a Wayland client with its buffers, and the sum of all manners: violations(). Pure."""
from collections import Counter

from protocol_log import Message
from protocol_rules import (Acked, DeadSurface, FirstBuffer, OneConnection, OneFrameCallback, Ponged, Rule,
                            Violation, World)


class Released(Rule):
    """A buffer that was committed is not committed again, nor destroyed while its surface shows it, before the
    compositor has released it. Surfaces with explicit synchronisation get no wl_buffer.release."""

    name = "unreleased buffer"

    def __init__(self) -> None:
        self.busy: dict[int, int] = {}  # wl_buffer: line of its commit
        self.seen_on: dict[int, int] = {}  # wl_buffer: its last surface

    def see(self, m, world):
        if m.interface == "wl_buffer" and m.name == "release":
            if not m.discarded:
                self.busy.pop(m.id, None)
        elif m.sent and (m.interface, m.name) == ("wl_surface", "commit") and m.id in world.surfaces:
            surface = world.surfaces[m.id]
            if surface.attached and not surface.explicit:
                yield from self._commit(m, surface.attached)
                self.seen_on[surface.attached] = m.id
        elif m.sent and (m.interface, m.name) == ("wl_buffer", "destroy"):
            if (line := self.busy.pop(m.id, None)) and any(s.shown == m.id for s in world.surfaces.values()):
                yield self.violation(m.line, f"wl_buffer {m.id} is destroyed; it is shown since line {line}")

    def _commit(self, m, buffer):
        # On another surface it is the same picture: GLFW's decorations share one.
        if buffer in self.busy and self.seen_on.get(buffer) == m.id:
            yield self.violation(m.line, f"wl_buffer {buffer} is committed again; it is in use since line "
                                         f"{self.busy[buffer]}")
        self.busy[buffer] = m.line


class LivingBuffers(Rule):
    """Only buffers that live are attached."""

    name = "dead buffer"

    def __init__(self) -> None:
        self.living: set[int] = set()

    def see(self, m, world):
        created = m.created()
        if created and created[0] == "wl_buffer":
            self.living.add(created[1])
        elif m.sent and (m.interface, m.name) == ("wl_buffer", "destroy"):
            self.living.discard(m.id)
        elif m.sent and (m.interface, m.name) == ("wl_surface", "attach"):
            if m.object(0) and m.object(0) not in self.living:
                yield self.violation(m.line, f"wl_buffer {m.object(0)} is attached, which does not live")


class OncePerCommit(Rule):
    """What belongs to one commit is asked for once in it: presentation feedback, a timestamp, release and acquire
    points."""

    name = "twice in a commit"
    of_surface = {("wp_presentation", "feedback"): "presentation feedback"}
    of_extension = {("wp_commit_timer_v1", "set_timestamp"), ("wp_linux_drm_syncobj_surface_v1", "set_acquire_point"),
                    ("wp_linux_drm_syncobj_surface_v1", "set_release_point")}

    def __init__(self) -> None:
        self.asked: Counter = Counter()
        self.owner: dict[int, int] = {}  # extension object: wl_surface

    def see(self, m, world):
        if not m.sent:
            return
        self._learn(m)
        key = self._key(m)
        if key is not None:
            self.asked[key] += 1
            if self.asked[key] > 1:
                yield self.violation(m.line, f"wl_surface {key[0]} asks for {key[1]} again in the same commit")
        elif (m.interface, m.name) == ("wl_surface", "commit"):
            for key in [key for key in self.asked if key[0] == m.id]:
                del self.asked[key]

    def _learn(self, m: Message) -> None:
        if (m.interface, m.name) in (("wp_commit_timing_manager_v1", "get_timer"),
                                     ("wp_linux_drm_syncobj_manager_v1", "get_surface")):
            self.owner[m.created()[1]] = m.object(1)

    def _key(self, m: Message) -> tuple[int, str] | None:
        if text := self.of_surface.get((m.interface, m.name)):
            return m.object(0), text
        if (m.interface, m.name) in self.of_extension:
            return self.owner.get(m.id, 0), f"{m.interface}.{m.name}"
        return None


class FencePoints(Rule):
    """With explicit synchronisation each buffer comes with an acquire and a release point."""

    name = "fence points"

    def __init__(self) -> None:
        self.points: dict[int, set[str]] = {}

    def see(self, m, world):
        if not m.sent:
            return
        if m.interface == "wp_linux_drm_syncobj_surface_v1" and m.name.startswith("set_") and m.id in world.syncobj:
            self.points.setdefault(world.syncobj[m.id].id, set()).add(m.name)
        elif (m.interface, m.name) == ("wl_surface", "commit") and m.id in world.surfaces:
            points = self.points.pop(m.id, set())
            surface = world.surfaces[m.id]
            wanted = {"set_acquire_point", "set_release_point"} if surface.explicit and surface.attached else set()
            if points != wanted:
                yield self.violation(m.line, f"wl_surface {m.id} is committed with {sorted(points) or 'no points'}, "
                                             f"not {sorted(wanted) or 'without'}")


RULES = (Acked, FirstBuffer, Ponged, OneConnection, DeadSurface, OneFrameCallback, Released, LivingBuffers,
         OncePerCommit, FencePoints)


def violations(messages: list[Message], rules: tuple[type[Rule], ...] = RULES) -> list[Violation]:
    """All that a client has done wrong, in the order of its log."""
    world, watching, found = World(), [rule() for rule in rules], []
    for message in messages:
        for rule in watching:
            found += rule.see(message, world)
        if message.sent and message.interface == "wl_surface" and message.id not in world.surfaces:
            continue  # a dead surface: a rule has said so
        world.see(message)
    return found + [violation for rule in watching for violation in rule.end()]
