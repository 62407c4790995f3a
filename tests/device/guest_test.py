"""Tests of drm-query: a class has a guest, which runs once before its tests and leaves behind what
they look at. Starting one takes longer than all that they ask of it."""
import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest
from dataclasses import dataclass

import drm_info_agreement
import harness
import modetest_agreement

SCHEMA = harness.ROOT / "docs" / "drm-query.schema.json"
CARD = "/dev/dri/card0"

# For the guest: "run NAME COMMAND…" keeps what it says and how it ends. "show ARGUMENT…" returns
# once drm-show shows, "end_show" tells how it ended. "all NAME" asks everybody the same: without a
# master the kernel's console has the display again once the last one has left. modetest probes when
# it can, so it comes first: that may change the modes.
FUNCTIONS = """
export LANG=C.UTF-8
run() {
    name=$1; shift
    "$@" > $VM_OUT/$name.out 2> $VM_OUT/$name.err
    echo $? > $VM_OUT/$name.code
}
show() {
    : > shown  # of an earlier one
    $SHOW "$@" > shown 2>&1 & shower=$!
    while ! grep -q Showing shown; do kill -0 $shower || { cat shown >&2; return 1; }; sleep 0.05; done
}
end_show() { kill -TERM $shower; wait $shower; }
all() {
    : < /dev/dri/card0
    run $1.modetest modetest -M $DRIVER -c -e -p
    run $1.drm_info drm_info -j /dev/dri/card0
    run $1.ours $QUERY --json
}
"""


@dataclass
class Ran:
    code: int
    out: str
    err: str


def run_in_guest(scratch: pathlib.Path, script: str, *options: str) -> tuple[harness.Result, pathlib.Path]:
    out = scratch / "out"
    result = harness.run_vm(scratch, FUNCTIONS + script, "--out", str(out), *options)
    return result, out


class GuestTest(unittest.TestCase):
    """What to run is in the class: script, and options for tests/vm/run."""

    maxDiff = None
    script = ""
    options: tuple[str, ...] = ()
    out: pathlib.Path
    result: harness.Result

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.mkdtemp(prefix="drm-query-test-")
        cls.addClassCleanup(shutil.rmtree, folder)
        scratch = pathlib.Path(folder)
        scratch.chmod(0o755)  # some commands in the guest are nobody
        cls.result, cls.out = run_in_guest(scratch, cls.script, *cls.options)
        if cls.result.code != 0:
            raise AssertionError(f"the guest's script failed with {cls.result.code}:\n"
                                 f"{cls.result.out}{cls.result.err}")

    def ran(self, name: str, code: int = 0) -> Ran:
        """What "run NAME" said, if it ended as expected."""
        def text(kind: str) -> str:
            return (self.out / f"{name}.{kind}").read_text(encoding="utf-8", errors="replace")
        done = Ran(int(text("code")), text("out"), text("err"))
        self.assertEqual(done.code, code, f"{name}: {done.out[-2000:]}{done.err}")
        return done

    def json(self, name: str):
        return json.loads(self.ran(name).out)

    def report(self, name: str, card: str = CARD) -> dict:
        return self.json(name)[card]

    def assert_refused(self, name: str, code: int, *says: str) -> None:
        error = self.ran(name, code).err
        self.assertRegex(error, r"\Adrm-query: ")
        for text in says:
            self.assertIn(text, error)

    def assert_agrees_with_drm_info(self, name: str, least: int = 300) -> None:
        theirs = self.report(f"{name}.drm_info")
        self.assertGreater(drm_info_agreement.count_values(theirs), least)
        self.assertEqual(drm_info_agreement.differences(theirs, self.report(f"{name}.ours")), [])

    def assert_agrees_with_modetest(self, name: str) -> None:
        found = modetest_agreement.parse(self.ran(f"{name}.modetest").out)
        for kind, items in found.items():
            self.assertTrue(items, f"modetest printed no {kind}")
        self.assertEqual(modetest_agreement.differences(found, self.report(f"{name}.ours")), [])

    def assert_valid(self, *names: str) -> None:
        if not SCHEMA.exists():
            self.skipTest(f"{SCHEMA.name} is not there")
        done = subprocess.run(
            ["/usr/bin/python3", "-W", "ignore", "-m", "jsonschema", "--error-format",
             "{error.json_path}: {error.message:.300}\n",
             *[part for name in names for part in ("-i", str(self.out / f"{name}.out"))],
             str(SCHEMA)], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout[:4000] + done.stderr[:4000])

    def connector(self, report: dict, name: str) -> dict:
        found = [each for each in report["connectors"] if each["name"] == name]
        self.assertEqual(len(found), 1, f"{name} among {report['connectors']}")
        return found[0]

