"""The figures of windows.py, for people."""

OURS = ("drm-show", "drm-show zone", "drm-show still")
# Title, width, decimals, and how to find it in what is known of a program.
COLUMNS = (
    ("frames/s", 10, 1, lambda p: p["rate"]),
    ("CPU ms/fr", 11, 3, lambda p: p["client"]),
    ("from", 8, 3, lambda p: p["range"][0]),
    ("to", 8, 3, lambda p: p["range"][1]),
    ("compositor", 12, 3, lambda p: p["compositor"]),
    ("calls/fr", 10, 2, lambda p: sum(p["calls"].values()) or None),
    ("peak MiB", 10, 1, lambda p: p["peak"]),
    ("start ms", 10, 1, lambda p: p["start"]),
)
RATIOS = (("CPU", COLUMNS[1][3]), ("compositor", COLUMNS[4][3]), ("both", lambda p: p["client"] + p["compositor"]),
          ("calls", COLUMNS[5][3]), ("peak", COLUMNS[6][3]), ("start", COLUMNS[7][3]))
NAMES = 26  # characters for the names of programs
RIVALS = 42  # for two of them
RATIO = 12


def cell(number: float | None, width: int, decimals: int) -> str:
    return f"{'-' if number is None else format(number, f'.{decimals}f'):>{width}}"


def show(results: dict, load: dict, seconds: float, rounds: int) -> None:
    print(f"Windows on compositors without a display, drawing with pixman; medians of {rounds} rounds of {seconds:g} s "
          f"of each.\nLoad before and after: {load['before']:.1f}, {load['after']:.1f} on {load['processors']} "
          "processors.")
    for compositor, found in results.items():
        for size, programs in found["sizes"].items():
            print(f"\n{compositor}, {size} (compositor without a client: {found['idle']:.2%} of a processor)")
            show_table(programs)
            show_drawing(programs)
            show_ratios(programs)
            show_calls(programs)


def show_table(programs: dict[str, dict]) -> None:
    print(f"{'':{NAMES}}" + "".join(f"{title:>{width}}" for title, width, _, _ in COLUMNS))
    for name, program in programs.items():
        if "why" in program:
            print(f"{name:{NAMES}}cannot: {program['why']}")
            continue
        print(f"{name:{NAMES}}" + "".join(cell(find(program), width, decimals) for _, width, decimals, find in COLUMNS))
        for why in program["failures"]:
            print(f"{'':{NAMES}}a round failed: {why}")


def show_drawing(programs: dict[str, dict]) -> None:
    still = programs["drm-show still"].get("client")
    for name in ("drm-show", "drm-show zone"):
        whole = programs[name].get("client")
        if still and whole:
            print(f"{name}: drawing {whole - still:.3f} ms of {whole:.3f} ({(whole - still) / whole:.0%})")


def show_ratios(programs: dict[str, dict]) -> None:
    """Below 1 drm-show takes less."""
    rivals = {name: program for name, program in programs.items() if name not in OURS and "why" not in program}
    print(f"{'Ratios':{RIVALS}}" + "".join(f"{title:>{RATIO}}" for title, _ in RATIOS))
    for ours in OURS:
        for name, rival in rivals.items():
            if "why" not in programs[ours]:
                cells = (ratio(find(programs[ours]), find(rival)) for _, find in RATIOS)
                print(f"{ours + ' / ' + name:{RIVALS}}" + "".join(f"{each:>{RATIO}}" for each in cells))


def ratio(ours: float | None, rival: float | None) -> str:
    return f"{ours / rival:.2f}" if ours is not None and rival else "-"


def show_calls(programs: dict[str, dict]) -> None:
    print("System calls a frame:")
    for name, program in programs.items():
        often = sorted(program.get("calls", {}).items(), key=lambda item: -item[1])
        words = ", ".join(f"{call} {each:.2f}" for call, each in often if each >= 0.01)
        if words:
            print(f"  {name:{NAMES - 2}}{words}")
