#!/usr/bin/env python3
"""window_sync_guest.py OPTIONS -- COMMAND…: in a guest: COMMAND, a client, on the fake compositor with these options.
Prints as JSON what the client said and what the compositor saw."""
import json
import pathlib
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "device")]

from fake import Fake  # noqa: E402

PATIENCE = 40.0  # seconds


def main(options: list[str], command: list[str]) -> None:
    with Fake(*options) as fake, fake.client(command, WAYLAND_DEBUG="0") as client:
        code = client.wait(PATIENCE)
        # What it says is its log's, also when it fails.
        print(json.dumps({"code": code, "said": client.text(), "frames": fake.frames(),
                          "releases": fake.of_type("release"), "violations": fake.violations()}))


if __name__ == "__main__":
    split = sys.argv.index("--")
    main(sys.argv[1:split], sys.argv[split + 1:])
