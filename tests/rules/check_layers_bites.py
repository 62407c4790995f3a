#!/usr/bin/env python3
"""The layer check must find what it is there to find: a tree with violations planted in it."""
import pathlib
import subprocess
import sys
import tempfile

PLANTED = {
    "src/base/good.cpp": ('#include "drm-show/error.hpp"\n', None),
    "src/kms/good.cpp": ('#include "drm/blob.hpp"\n', None),
    "src/drm/up.cpp": ('#include "kms/commit.hpp"\n', "drm may not include kms"),
    "src/session/side.cpp": ('#  include "drm-show/snapshot.hpp"\n', "session may not include kms"),
    "src/attic/old.cpp": ("int x;\n", "belongs to no layer"),
    "include/drm-show/new.hpp": ("", "belongs to no layer"),
}


def main() -> int:
    check = pathlib.Path(__file__).with_name("check_layers.py")
    with tempfile.TemporaryDirectory() as folder:
        for name, (text, _) in PLANTED.items():
            file = pathlib.Path(folder, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        result = subprocess.run([sys.executable, check, folder], capture_output=True, text=True)
    assert result.returncode == 1, result
    lines = result.stdout.splitlines()
    for name, (_, complaint) in PLANTED.items():
        about = [line for line in lines if line.startswith(name)]
        assert bool(about) == bool(complaint), (name, lines)
        assert not complaint or complaint in about[0], (name, about)
    print("every planted violation was found")
    return 0


if __name__ == "__main__":
    sys.exit(main())
