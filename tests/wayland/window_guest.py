#!/usr/bin/env python3
"""window_guest.py EXPECTED.png COMMAND…: in a guest: COMMAND, a client, comes to show this picture on a weston that
draws with OpenGL (and so takes dmabufs), and minds its manners. Prints what the client says.

MESA_GL has mesa.environment() as JSON."""
import json
import os
import pathlib
import signal
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import pixels  # noqa: E402
from weston import WestonWithSeat  # noqa: E402
from window_rules import violations  # noqa: E402

PATIENCE = 20.0  # seconds; everything is drawn by one processor here


def comes_to_show(compositor: WestonWithSeat, expected: pixels.Picture) -> bool:
    file = pathlib.Path(tempfile.mkdtemp()) / "shot.png"
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        compositor.screenshot(file)
        if pixels.read(file) == expected:
            return True
        time.sleep(0.2)
    return False


def main(expected: pixels.Picture, command: list[str]) -> int:
    with WestonWithSeat(expected.size, renderer="gl", env=json.loads(os.environ["MESA_GL"])) as compositor:
        with compositor.client(command) as client:
            same = comes_to_show(compositor, expected)
            client.signal(signal.SIGTERM)
            code = client.wait(PATIENCE)
    protocol = client.protocol()
    print("\n".join(line for line in client.text().splitlines() if not line.startswith("[")))
    print(f"ended with {code}; the picture is", "right" if same else "another", flush=True)
    broken = violations(protocol)
    print("\n".join(map(str, broken)), file=sys.stderr)
    return 1 if broken or code or not same else 0


if __name__ == "__main__":
    sys.exit(main(pixels.read(pathlib.Path(sys.argv[1])), sys.argv[2:]))
