"""sway without a display: wlroots' headless backend, drawing with pixman. Any number of outputs, of any size
and scale; windows are moved and hidden through its IPC."""
import json
import os
import pathlib
import shutil
from dataclasses import dataclass

from compositor import Compositor
from runtime import Process, environment, wait_for

PROGRAM = shutil.which("sway")
NOBODY = 65534  # sway refuses to run as root, in Debian too


@dataclass(frozen=True)
class Output:
    """Its size in pixels has to be a whole one in sway's coordinates, or grim cannot take it pixel by pixel."""
    size: tuple[int, int] = (1024, 768)
    scale: float = 1.0
    transform: str = "normal"  # 90, flipped-180 …

    def __post_init__(self) -> None:
        if any((length / self.scale) % 1 for length in self.size):
            raise ValueError(f"{self.size} divided by {self.scale} is not whole")


CONFIG = """xwayland disable
default_border none
default_floating_border none
focus_on_window_activation none
workspace_layout default
{outputs}
output * bg #000000 solid_color
for_window [title=".*"] {placing}
"""


class Sway(Compositor):
    """Windows fill their output, or are as large as they want to be (floating=True)."""

    def __init__(self, *outputs: Output, floating: bool = False) -> None:
        super().__init__()
        self.outputs = outputs or (Output(),)
        self.placing = "floating enable" if floating else "floating disable"
        self.user = NOBODY if os.geteuid() == 0 else None

    def _lines(self) -> str:
        lines, x = [], 0
        for number, output in enumerate(self.outputs, 1):
            width, height = output.size
            lines.append(f"output HEADLESS-{number} resolution {width}x{height} position {x} 0 "
                         f"scale {output.scale} transform {output.transform}")
            x += round(width / output.scale)
        return "\n".join(lines)

    def _start(self) -> Process:
        config = self.folder / "sway.config"
        config.write_text(CONFIG.format(outputs=self._lines(), placing=self.placing), encoding="utf-8")
        env = environment(self.folder, WLR_BACKENDS="headless", WLR_RENDERER="pixman", WLR_LIBINPUT_NO_DEVICES="1",
                          WLR_HEADLESS_OUTPUTS=str(len(self.outputs)), HOME=str(self.folder),
                          SWAYSOCK=str(self.folder / "sway.sock"))
        return Process([PROGRAM, "--config", config], self.folder / "sway.log", env, self.user, self.folder)

    def __enter__(self):
        super().__enter__()
        try:
            wait_for("sway's outputs", lambda: len(self.ask("get_outputs")) == len(self.outputs))
        except BaseException:
            self.__exit__()
            raise
        return self

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "SWAYSOCK": str(self.folder / "sway.sock")}

    def ask(self, kind: str):
        """get_outputs, get_tree, get_workspaces …"""
        return json.loads(self.run(["swaymsg", "--raw", "--type", kind]))

    def tell(self, command: str) -> None:
        """A command as in its configuration: see sway(5)."""
        self.run(["swaymsg", "--quiet", "--", command])

    def windows(self) -> list[dict]:
        """All windows, as get_tree describes them, hidden ones too."""
        return [node for node in _nodes(self.ask("get_tree")) if node.get("pid")]

    def window(self) -> dict:
        """The only window; waits for it."""
        wait_for("a window", self.windows)
        only, = self.windows()
        return only

    def resize(self, width: int, height: int) -> None:
        """In its coordinates, not in pixels. Only a floating window has a size of its own."""
        self._tell_window(f"floating enable, resize set width {width} px height {height} px")

    def move_to_output(self, number: int) -> None:
        self._tell_window(f"move container to output HEADLESS-{number}")

    def fullscreen(self, state: str = "toggle") -> None:
        """enable, disable, toggle"""
        self._tell_window(f"fullscreen {state}")

    def hide(self) -> None:
        """Onto a workspace that no output shows: no frame callbacks come any more."""
        self._tell_window("move container to workspace hidden")

    def show(self) -> None:
        """The workspace that hide() took."""
        self.tell("workspace hidden")

    def close(self) -> None:
        """As its close button does."""
        self._tell_window("kill")

    def _tell_window(self, command: str) -> None:
        self.tell(f"[con_id={self.window()['id']}] {command}")

    def set_output(self, number: int, settings: str) -> None:
        """scale 1.5, mode 800x600, disable, enable, transform 90 … while it runs"""
        self.tell(f"output HEADLESS-{number} {settings}")

    def screenshot(self, file: pathlib.Path, output: int = 1) -> None:
        """An output's pixels, not scaled, as a PNG. Its scale must be what it was at the start."""
        self.run(["grim", "-s", str(self.outputs[output - 1].scale), "-o", f"HEADLESS-{output}", file])


def _nodes(tree: dict) -> list[dict]:
    children = tree.get("nodes", []) + tree.get("floating_nodes", [])
    return [tree] + [node for child in children for node in _nodes(child)]
