#!/usr/bin/env python3
"""How soon the console is back: after SIGKILL, and after a switch to another VT and back.

Run on the host, on a quiet machine; it starts the virtual machine itself:

    tests/bench/recovery.py --build build/release [--kills 1000] [--switches 100] [--display virtio-gpu]

drm-show is started as the leader of a session on a virtual terminal, a still picture and a moving one in
turn, and killed: one time of four at a random moment of its start, otherwise up to 50 ms after it said
"Showing". From then on this is looked at every 0.5 ms, until it is as it was (looking takes 0.3 ms itself):

    text      the VT's text mode and keyboard, the terminal's settings
    display   the kernel's state in debugfs, with a property that the kernel's own console does not bring back
    all       both, and the kernel makes switches again (VT_AUTO), which the guard restores last

Each kill is timed for one of the three, since who looks at the display waits for the commit that is under way.
Text and keyboard do not wait for anything but the program's end; for these the aim is 20 ms. The display comes back
with a commit, which waits for a page flip that is pending and for the next vertical blank, up to two frames of 16.7 ms,
and its time is that of the commit's end. A console that is not back after 3 s is dead.

VT switch: from asking for another one until it is shown; and from asking for ours until the display has one
of drm-show's framebuffers again.

Rivals, if they are installed, are killed as well (modetest, kmscube, mpv: on vkms), and what they leave is
named, a second later; "nothing" of a program that changes no terminal modes is what the kernel does at the
last close of the device.

Where others work on the same machine, "chrt -r 5 tests/bench/recovery.py …" keeps them from being measured.

User-Mode Linux has a single processor, and a system call takes ten times as long as on real hardware. QEMU
without KVM is slower still: there only the count of dead consoles says something.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
from collections import Counter

ROOT = pathlib.Path(__file__).resolve().parents[2]
VM_RUN = ROOT / "tests" / "vm" / "run"
GUEST = ROOT / "tests" / "bench" / "recovery_guest.py"
SHOW = pathlib.Path("src/show/drm-show")
AIM_MS = 20
QEMU_SLOWER = 8


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    parser.add_argument("--display", default="uml-vkms")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--switches", type=int, default=100)
    parser.add_argument("--rivals", type=int, default=3, help="kills of each; 0: none")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def measure(options: argparse.Namespace) -> list[dict]:
    slow = 1 if options.display == "uml-vkms" else QEMU_SLOWER
    limit = 120 + slow * (options.kills + options.switches + 10 * options.rivals)
    guest = subprocess.Popen(
        [VM_RUN, "--display", options.display, "--time-limit", str(limit), "--", "python3", GUEST,
         "--show", options.build.resolve() / SHOW, "--slow", str(slow), "--kills", str(options.kills),
         "--switches", str(options.switches), "--rivals", str(options.rivals)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    findings = []
    for line in guest.stdout:
        findings.append(json.loads(line))
        if sys.stderr.isatty() and len(findings) % 10 == 0:
            print(f"\r{len(findings)}", end="\r", file=sys.stderr)
    if guest.wait() != 0:
        sys.exit(f"recovery: the guest ended with {guest.returncode} after {len(findings)} findings")
    return findings


def of(findings: list[dict], what: str) -> list[dict]:
    return [finding for finding in findings if finding["what"] == what]


def row(name: str, values: list[float]) -> str:
    if not values:
        return f"{name:44}  none"
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return (f"{name:44}{statistics.median(ordered):9.1f}{p95:9.1f}{ordered[-1]:9.1f}"
            f"{sum(value < AIM_MS for value in ordered):8} of {len(ordered)}")


def print_kills(kills: list[dict]) -> None:
    dead = [kill for kill in kills if not kill["alive"]]
    print(f"{'':44}{'median':>9}{'95 %':>9}{'max ms':>9}   < {AIM_MS} ms")
    for name, chosen in (("while starting", lambda kill: not kill["shown"]),
                         ("still picture", lambda kill: kill["shown"] and not kill["moving"]),
                         ("frames", lambda kill: kill["shown"] and kill["moving"])):
        for thing in ("text", "display", "all"):
            times = [kill["ms"] for kill in kills if kill["alive"] and kill["watched"] == thing and chosen(kill)]
            print(row(f"SIGKILL, {name}: {thing} back", times))
    print(f"dead consoles: {len(dead)} of {len(kills)}")
    for text, count in Counter(", ".join(kill["left"]) or "the display" for kill in dead).items():
        print(f"    {count}: {text}")


def print_switches(switches: list[dict]) -> None:
    lost = sum(switch["back_ms"] is None for switch in switches)
    print(row("VT switch: away", [switch["away_ms"] for switch in switches]))
    print(row("VT switch: back, to the first frame",
              [switch["back_ms"] for switch in switches if switch["back_ms"] is not None]))
    print(f"no frame after a switch: {lost} of {len(switches)}")


def print_rivals(rivals: list[dict]) -> None:
    for name in dict.fromkeys(rival["name"] for rival in rivals):
        runs = [rival for rival in rivals if rival["name"] == name]
        broken = Counter(", ".join(run["left"]) or "nothing" for run in runs)
        print(f"{name}, killed {len(runs)} times, leaves: "
              + "; ".join(f"{text} ({count})" for text, count in broken.items())
              + f". While it shows: {', '.join(runs[0]['modes']) or 'no modes are changed'}.")


def main() -> None:
    options = parse()
    findings = measure(options)
    if options.json:
        print(json.dumps(findings))
        return
    print_kills(of(findings, "kill"))
    print_switches(of(findings, "switch"))
    print_rivals(of(findings, "rival"))


if __name__ == "__main__":
    main()
