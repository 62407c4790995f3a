"""Start a guest on QEMU with one of Debian's stock kernels."""

import shutil
import subprocess

import busybox
import initramfs
import kvm
import rfb
import tsc
from kernels import Kernel, default_version
from qmp import Qmp
from stream import Streams
from trouble import Trouble

BINARY = "qemu-system-x86_64"
BASE = ["virtio_pci", "9pnet_virtio", "9p", "overlay", "virtio_console", "evdev"]
DRIVERS = {"virtio-gpu": "virtio_gpu", "bochs": "bochs", "qxl": "qxl", "cirrus": "cirrus"}
# Older and newer names of the same module.
ALSO = {"cirrus": ("cirrus", "cirrus_qemu"), "bochs": ("bochs", "bochs_drm")}
DEVICES = {"virtio-gpu": "virtio-gpu-pci", "bochs": "bochs-display", "qxl": "qxl-vga",
           "cirrus": "cirrus-vga"}
PORTS = ("control", "out", "err", "in")
EMULATION = ["-accel", "tcg,thread=multi", "-cpu", "max"]


class Qemu:
    """The same face as uml.Uml: lines(), arguments(), opened(), answer()."""

    def __init__(self, options):
        if shutil.which(BINARY) is None:
            raise Trouble(f"{BINARY} is not installed: scripts/try and scripts/test install it.")
        self.options = options
        self.kernel = Kernel(options.kernel or default_version())
        self.qmp: Qmp | None = None
        self.monitors: list[rfb.Monitor] = []

    @staticmethod
    def prepare(options) -> None:
        machine = Qemu(options)
        busybox.binary()
        kvm.works(BINARY, machine.kernel.image)
        device = DEVICES[options.display]
        known = subprocess.run([BINARY, "-device", "help"], capture_output=True, text=True,
                               check=False).stdout
        if f'"{device}"' not in known:
            raise Trouble(f"this QEMU has no {device}. On Debian 13 qxl is in the package "
                          "qemu-system-modules-spice, the others are in qemu-system-x86.")

    def lines(self) -> dict[str, str]:
        lines = {"VM_CONTROL": "control", "VM_STDOUT": "out", "VM_STDERR": "err"}
        if self.options.stdin:
            lines["VM_STDIN"] = "in"
        return {key: f"/dev/virtio-ports/{name}" for key, name in lines.items()}

    @staticmethod
    def stream_names() -> list[str]:
        return [*PORTS, "log", "qmp"]

    def _modules(self) -> list[str]:
        known = self.kernel.files.keys() | self.kernel.builtin
        display = self.options.display
        names = [name for name in ALSO.get(display, ()) if name in known] or [DRIVERS[display]]
        return BASE + names[:1] + (["vgem"] if self.options.vgem else []) + self.options.module

    def _display(self) -> str:
        text = f"{DEVICES[self.options.display]},id=display"
        if self.options.display == "virtio-gpu":
            text += f",max_outputs={self.options.outputs}"
        if self.options.resolution:
            text += ",edid=on,xres={},yres={}".format(*self.options.resolution)
        return text

    def _clock(self) -> list[str]:
        rate = 0 if kvm.works(BINARY, self.kernel.image) else tsc.khz()
        return [f"tsc_early_khz={rate}"] if rate else []

    def _append(self, session) -> str:
        return " ".join([
            *self._clock(),
            "console=ttyS0", "console=tty0", "quiet", "loglevel=4", "consoleblank=0",
            "vt.global_cursor_default=0", "panic=-1", "nokaslr", "mitigations=off",
            "rcupdate.rcu_expedited=1", "no_timer_check", "tsc=reliable", "audit=0",
            # Asking ACPI how interrupts are routed takes half a second for each device when emulated.
            "acpi=noirq",
            "random.trust_cpu=on", "apparmor=0", "net.ifnames=0", "cryptomgr.notests",
            f"VM_SESSION={session.folder}"])

    def _serial_ports(self, streams: Streams) -> list[str]:
        words = ["-device", "virtio-serial-pci,id=serial"]
        for number, name in enumerate(PORTS, 1):  # 0 is kept for a console
            words += ["-chardev", f"socket,id={name},fd={streams.fd(name)}", "-device",
                      f"virtserialport,bus=serial.0,nr={number},chardev={name},name={name}"]
        return words

    def arguments(self, session, streams: Streams) -> list[str]:
        self.session = session
        archive = session.folder / "initramfs"
        initramfs.write(archive, self.kernel, self._modules())
        speed = kvm.OPTIONS if kvm.works(BINARY, self.kernel.image) else EMULATION
        vnc = rfb.arguments(session.folder, self.options)
        return [BINARY, "-M", "pc", *speed, "-smp", "2", "-m", self.options.memory,
                "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none", "-vga", "none",
                "-kernel", str(self.kernel.image), "-initrd", str(archive),
                "-append", self._append(session),
                "-chardev", f"socket,id=log,fd={streams.fd('log')}", "-serial", "chardev:log",
                "-chardev", f"socket,id=qmp,fd={streams.fd('qmp')}", "-mon",
                "chardev=qmp,mode=control",
                *_shared("host", "/", ",readonly=on"), *_shared("share", session.share, ""),
                "-device", "virtio-rng-pci", "-device", self._display(), *vnc,
                *self._serial_ports(streams)]

    def opened(self, streams: Streams) -> None:
        """Greet QEMU, and plug in the monitors beyond the first."""
        self.qmp = Qmp(streams.ours["qmp"])
        if self.options.display == "virtio-gpu":
            self.monitors = rfb.monitors(self.session.folder, self.options)
            for monitor in self.monitors[1:]:
                monitor.plug(True)

    def answer(self, words: list[str]) -> str:
        """Carry out what a vm-… command of the guest asks for."""
        actions = {"screenshot": self._screenshot, "key": self.qmp.press, "plug": self._plug,
                   "remove": lambda: self.qmp.ask("device_del", id="display")}
        try:
            actions[words[0]](*words[1:])
            return "ok"
        except (Trouble, OSError, ValueError, TypeError, KeyError) as error:
            return f"error {error}"

    def _screenshot(self, name: str) -> None:
        outputs = self.options.outputs
        for head in range(outputs):
            suffix = f"-{head}" if outputs > 1 else ""
            self.qmp.screendump(self.session.share / "shots" / f"{name}{suffix}.png", head)

    def _plug(self, output: str, state: str) -> None:
        if not self.monitors:
            raise Trouble(f"{self.options.display} has no monitors to plug; virtio-gpu has")
        if int(output) >= len(self.monitors):
            raise Trouble(f"there is no output {output}: they go from 0 to {len(self.monitors) - 1}")
        self.monitors[int(output)].plug(state == "on")


def _shared(tag: str, path, more: str) -> list[str]:
    return ["-fsdev", f"local,id={tag},path={path},security_model=none,multidevs=remap{more}",
            "-device", f"virtio-9p-pci,fsdev={tag},mount_tag={tag}"]
