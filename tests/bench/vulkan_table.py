"""The figures of vulkan.py, for people."""
import statistics

from frames_table import cell, ratio

OURS = ("drm-show cube", "drm-show shader")
# Title, width, decimals, and how to find it in what is known of a program.
COLUMNS = (
    ("frames/s", 9, 1, lambda p: p["without rasteriser"]["rate"]),
    ("CPU ms/fr", 10, 3, lambda p: p["without rasteriser"]["cpu"]["all"]),
    ("of it user", 11, 3, lambda p: p["without rasteriser"]["cpu"]["user"]),
    ("with all:", 10, 1, lambda p: p["all"]["rate"]),
    ("own threads", 12, 2, lambda p: p["all"]["threads"]["own"]),
    ("driver's", 9, 2, lambda p: p["all"]["threads"]["driver"]),
    ("scanout ms", 11, 0, lambda p: statistics.median(p["start"]["scanout"])),
    ("flip ms", 9, 0, lambda p: statistics.median(p["start"]["flip"])),
)
RATIOS = (1, 2, 6, 7)


def gather(findings: list[dict]) -> dict[str, dict]:
    """By program: what is known of it."""
    results: dict[str, dict] = {}
    for finding in findings:
        program = results.setdefault(finding["name"], {})
        if finding["what"] == "start":
            start = program.setdefault("start", {"scanout": [], "flip": []})
            for key, times in start.items():
                times.append(finding[key])
        elif finding["what"] == "trouble":
            program["trouble"] = finding["why"]
        else:
            program[finding["what"]] = finding
    return results


def show(seconds: float, load: dict, results: dict[str, dict]) -> None:
    print(f"A cube at 1024x768 on vkms in User-Mode Linux, lavapipe and llvmpipe; {seconds:g} s of each, without start.\n"
          "First without the rasteriser's work: CPU of the whole virtual machine, read on the host; user: in the\n"
          "program's process. Then with it: CPU of threads, in ms a frame, by the guest's ticks of 10 ms. Then the start.\n"
          f"Load of the host before and after: {load['before']:.1f}, {load['after']:.1f} "
          f"on {load['processors']} processors.\n")
    print(f"{'':16}" + "".join(f"{title:>{width}}" for title, width, _, _ in COLUMNS))
    for name, program in results.items():
        if "trouble" in program:
            print(f"{name:16} {program['trouble']}")
        print(f"{name:16}" + "".join(cell(program, *rest) for _, *rest in COLUMNS))
    show_ratios(results)


def show_ratios(results: dict[str, dict]) -> None:
    print(f"\n{'Ratios':28}" + "".join(f"{COLUMNS[i][0]:>13}" for i in RATIOS))
    for ours in OURS:
        for name in sorted(results.keys() - set(OURS)):
            print(f"{ours + ' / ' + name:28}"
                  + "".join(f"{ratio(results.get(ours, {}), results[name], COLUMNS[i][3]):>13}" for i in RATIOS))
