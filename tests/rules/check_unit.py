#!/usr/bin/env python3
"""check_unit.py DRM_SHOW UNIT: systemd would start the example unit, and drm-show has the options in it. Ends
with 77 (skipped) where there is no systemd-analyze."""
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77


def command(text: str) -> list[str]:
    """What ExecStart runs."""
    return shlex.split(re.search(r"^ExecStart=(.*)$", text, re.M)[1])


def verify(text: str, program: str) -> str:
    """What systemd has against it. The programs need not be installed here."""
    for name in set(re.findall(r"/usr/bin/[a-z-]+", text)):
        text = text.replace(name, program if name.endswith("drm-show") else "/bin/true")
    with tempfile.TemporaryDirectory() as folder:
        unit = pathlib.Path(folder) / "drm-show.service"
        unit.write_text(text, encoding="utf-8")
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True,
                              check=False)
    # Units of the machine that this one names are verified as well.
    about_it = [line for line in done.stderr.splitlines() if "drm-show" in line]
    return "\n".join(about_it) or (done.stderr if done.returncode else "")


def main() -> None:
    program, file = str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2]
    text = pathlib.Path(file).read_text(encoding="utf-8")
    subprocess.run([program, *command(text)[1:], "--list-patterns"], check=True, stdout=subprocess.DEVNULL)
    if not shutil.which("systemd-analyze"):
        sys.exit(SKIPPED)
    if complaint := verify(text, program):
        sys.exit(complaint)


if __name__ == "__main__":
    main()
