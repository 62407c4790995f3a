"""The figures of frames.py, for people."""

OURS = "drm-show"
RATE = 60
# Frames shown and blanks missed are nearly all blanks: if they are fewer, it stopped.
STALLED = 0.9
# Title, width, decimals, and how to find it in what is known of a program.
COLUMNS = (
    ("frames/s", 9, 2, lambda p: p["pace"]["rate"]),
    ("CPU ms/fr", 10, 3, lambda p: p["pace"]["cpu"]["all"]),
    ("of it user", 11, 3, lambda p: p["pace"]["cpu"]["user"]),
    ("(rusage)", 9, 3, lambda p: p["pace"]["rusage"]),
    ("calls/fr", 9, 2, lambda p: system_calls(p)),
    ("clock/fr", 9, 2, lambda p: p["calls"].get("clock_gettime", 0)),
    ("alloc/fr", 9, 2, lambda p: p["allocations"]),
    ("peak MiB", 9, 1, lambda p: p["pace"]["memory"]["peak"]),
    ("Pss MiB", 8, 1, lambda p: p["pace"]["memory"]["pss"]),
)
RATIOS = (("CPU a frame", COLUMNS[1][3]), ("CPU a frame, user", COLUMNS[2][3]),
          ("system calls", COLUMNS[4][3]), ("clock reads", COLUMNS[5][3]),
          ("peak memory", COLUMNS[7][3]), ("Pss", COLUMNS[8][3]))


def system_calls(program: dict) -> float:
    return sum(each for name, each in program["calls"].items() if name != "clock_gettime")


def gather(findings: list[dict]) -> dict[str, dict]:
    """By program: what is known of it."""
    results: dict[str, dict] = {}
    for finding in findings:
        program = results.setdefault(finding["name"], {})
        what = finding["what"]
        program[what] = {"calls": finding.get("calls"), "allocations": finding.get("each"),
                         "trouble": finding.get("why")}.get(what, finding)
    return results


def figure(program: dict, column) -> float | None:
    try:
        return column(program)
    except KeyError:
        return None


def cell(program: dict, width: int, decimals: int, column) -> str:
    found = figure(program, column)
    return f"{'-' if found is None else format(found, f'.{decimals}f'):>{width}}"


def ratio(ours: dict, rival: dict, column) -> str:
    a, b = figure(ours, column), figure(rival, column)
    return f"{a / b:.3f}" if a is not None and b else "-"


def show_circumstances(seconds: float, load: dict, costs: dict) -> None:
    print(f"1024x768 at 60 Hz on vkms in User-Mode Linux; {seconds:g} s of each, without start.\n"
          "CPU: of the whole virtual machine, read on the host; user: in the program's own code.\n"
          f"A system call costs {costs['call']:.0f} µs there, a look at the clock "
          f"{costs['clock']:.0f}: calls are without clock_gettime, which is \"clock\".\n"
          f"Load of the host before and after: {load['before']:.1f}, {load['after']:.1f} "
          f"on {load['processors']} processors.\n")


def show(results: dict[str, dict]) -> None:
    show_table(results)
    show_calls(results)
    show_ratios(results)
    show_latency(results)
    show_missed(results)


def show_table(results: dict[str, dict]) -> None:
    print(f"{'':18}" + "".join(f"{title:>{width}}" for title, width, _, _ in COLUMNS))
    for name, program in results.items():
        if "pace" in program:
            print(f"{name:18}" + "".join(cell(program, *rest) for _, *rest in COLUMNS))
        if "trouble" in program:
            print(f"{name:18} {program['trouble']}")


def show_calls(results: dict[str, dict]) -> None:
    print("\nSystem calls a frame:")
    for name, program in results.items():
        often = sorted(program.get("calls", {}).items(), key=lambda item: -item[1])
        words = ", ".join(f"{call} {each:.2f}" for call, each in often if each >= 0.01)
        if words:
            print(f"{name:18} {words}")


def show_ratios(results: dict[str, dict]) -> None:
    print(f"\n{'Ratios':24}" + "".join(f"{title:>19}" for title, _ in RATIOS))
    ours = results.get(OURS, {})
    for name, rival in results.items():
        if name != OURS and "pace" in rival:
            print(f"{OURS + ' / ' + name:24}"
                  + "".join(f"{ratio(ours, rival, column):>19}" for _, column in RATIOS))


def show_latency(results: dict[str, dict]) -> None:
    print("\nFrom submitting to scanout, ms:   min   median      p99      max")
    for name, program in results.items():
        if "stats" in program.get("pace", {}):
            latency = program["pace"]["stats"]["latency"]
            times = [latency[key] / 1000 for key in ("min_us", "median_us", "p99_us", "max_us")]
            print(f"{name:28}" + "".join(f"{time:9.2f}" for time in times))


def show_missed(results: dict[str, dict]) -> None:
    print("\nMissed vertical blanks:")
    for name, program in results.items():
        run = program.get("long", {})
        if "stats" not in run:
            continue
        counted = sum(run["stats"]["missed_blanks"].values()) + run["stats"]["frames"]["shown"]
        missed, shown = run["stats"]["missed_blanks"], run["stats"]["frames"]["shown"]
        why = ", ".join(f"{count} {reason}" for reason, count in missed.items() if count)
        print(f"{name:18} {sum(missed.values())} of {shown} frames in {run['seconds']:.0f} s"
              f"{' (' + why + ')' if why else ''}; idle {run['idle']:.1%} of the time "
              f"({run['guest_idle']:.1%} by the guest's ticks)"
              f"{'; IT STOOD STILL' if counted < STALLED * RATE * run['seconds'] else ''}")
