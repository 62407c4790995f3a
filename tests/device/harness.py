"""Device tests: drm-show on real kernels with virtual displays, and what the screens showed.

Each test file defines unittest cases and calls main(), which prints TAP. The build folder comes in
DRMSHOW_BUILD. Skips are visible: a display that this machine cannot make says why.
"""
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile
import unittest
from dataclasses import dataclass
from functools import cache

from validation_log import validation_messages

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("DRMSHOW_BUILD", ROOT / "build" / "debug"))
VM_RUN = ROOT / "tests" / "vm" / "run"
SHOW = BUILD / "src" / "show" / "drm-show"
QUERY = BUILD / "src" / "query" / "drm-query"
GRABBER = BUILD / "tests" / "device" / "scanout-grab"
RENDER = BUILD / "tests" / "golden" / "render-pattern"
LAVAPIPE = ROOT / "tests" / "vm" / "lavapipe.py"
LAYER = pathlib.Path("/usr/share/vulkan/explicit_layer.d/VkLayer_khronos_validation.json")
VALIDATION = pathlib.Path(__file__).resolve().parent / "vk_layer_settings.txt"
COMPARE = BUILD / "tests" / "device" / "compare-png"

TESTBED_FAILED = 125

# Shell function: the display state into a file. A device's last close gives it back to the kernel's
# console: opened and closed first, it is the console's from the start. What only tells how the last
# commit went (…_changed) is left out.
SAVE_STATE = ("save_state() { : < /dev/dri/card0; grep -vE '_changed=|refcount|vaddr|use_count' "
              "/sys/kernel/debug/dri/0/state > $1; }; save_state")


@dataclass
class Result:
    code: int
    out: str
    err: str
    shots: pathlib.Path

    def shot(self, name: str) -> pathlib.Path:
        return self.shots / f"{name}.png"


def run_vm(scratch: pathlib.Path, script: str, *options: str) -> Result:
    """Runs a shell script in a virtual machine; $SHOW is drm-show there, $QUERY drm-query."""
    shots = scratch / "shots"
    shots.mkdir(exist_ok=True)
    command = [VM_RUN, "--screenshots", shots, "--grabber", GRABBER, "--env", f"SHOW={SHOW}",
               "--env", f"QUERY={QUERY}", *options, "--", "sh", "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, cwd=scratch,
                          stdin=subprocess.DEVNULL, check=False)
    if done.returncode == TESTBED_FAILED:
        raise AssertionError(f"the virtual machine did not work:\n{done.stderr}")
    return Result(done.returncode, done.stdout, done.stderr, shots)


# A false alarm: to copy from an image with a modifier, its format needs TRANSFER_SRC. lavapipe (Mesa 25.0) says so
# in VkDrmFormatModifierPropertiesListEXT only; the layer asks for the newer …List2EXT, which lavapipe ignores.
FALSE_ALARM = "0xad4b25e7"  # VUID-vkCmdCopyImageToBuffer-srcImage-01998


@cache
def vulkan_settings() -> dict[str, str]:
    """Environment variables: lavapipe draws, and the validation layer watches, which prints what it finds to
    the program's standard output."""
    if not LAYER.exists():  # the loader would go on without it
        raise AssertionError("there is no validation layer: vulkan-validationlayers is not installed")
    icd = subprocess.run([LAVAPIPE], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    return {"VK_DRIVER_FILES": icd, "VK_ICD_FILENAMES": icd,  # the latter for loaders before 1.3.207
            "VK_INSTANCE_LAYERS": "VK_LAYER_KHRONOS_validation", "VK_LAYER_SETTINGS_PATH": str(VALIDATION),
            "VK_LAYER_MESSAGE_ID_FILTER": FALSE_ALARM,
            "MESA_SHADER_CACHE_DISABLE": "true"}


def vulkan_environment() -> tuple[str, ...]:
    """The same as options for run_vm."""
    return tuple(word for key, value in vulkan_settings().items() for word in ("--env", f"{key}={value}"))


class DeviceTest(unittest.TestCase):
    """A test case with a scratch folder and virtual machines."""

    maxDiff = None

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="drm-show-test-")
        self.addCleanup(folder.cleanup)
        self.scratch = pathlib.Path(folder.name)
        self.scratch.chmod(0o755)  # some commands in the guest are nobody

    def run_vm(self, script: str, *options: str) -> Result:
        return run_vm(self.scratch, script, *options)

    def show(self, *arguments: str, options: tuple[str, ...] = (), name: str = "shot") -> Result:
        """drm-show with these arguments: a screenshot once it shows, then SIGTERM."""
        command = shlex.join([str(SHOW), *arguments])
        return self.run_vm(f"show-and-grab {name} -- {command}", *options)

    def expected(self, pattern: str, size: str, *label: str) -> pathlib.Path:
        file = self.scratch / "expected.png"
        arguments = [argument for line in label for argument in ("--label", line)]
        subprocess.run([RENDER, pattern, size, file, *arguments], check=True)
        return file

    def assert_same_picture(self, expected: pathlib.Path, got: pathlib.Path,
                            tolerance: int = 0) -> None:
        self.assertTrue(got.exists(), f"no screenshot {got.name}")
        done = subprocess.run([COMPARE, expected, got, str(tolerance)], capture_output=True,
                              text=True, check=False)
        self.assertEqual(done.returncode, 0, f"{got.name}: {done.stdout}{done.stderr}")

    def assert_valid_vulkan(self, *outputs: str) -> None:
        """Nothing in these outputs comes from the validation layer."""
        self.assertEqual(validation_messages("\n".join(outputs)), [])

    def assert_fails(self, result: Result, code: int, *says: str) -> None:
        self.assertEqual(result.code, code, result.err)
        for text in says:
            self.assertIn(text, result.err)


class TapResult(unittest.TestResult):
    """Prints a line for each test as it ends."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.failed_in_parts: set[str] = set()

    def line(self, test: unittest.TestCase, verdict: str, note: str = "") -> None:
        self.count += 1
        print(f"{verdict} {self.count} {test.id().removeprefix('__main__.')}{note}", flush=True)

    def explain(self, error: str) -> None:
        """Where a person sees it: meson shows what a failed TAP test wrote to its standard error only."""
        print("\n".join(f"# {line}" for line in error.splitlines()), file=sys.stderr, flush=True)

    def addSuccess(self, test):
        self.line(test, "ok")

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is None:
            return
        entries = self.failures if issubclass(err[0], test.failureException) else self.errors
        self.explain(f"{subtest.id()}\n{entries[-1][1]}")
        self.failed_in_parts.add(test.id())

    def stopTest(self, test):
        super().stopTest(test)
        if test.id() in self.failed_in_parts:
            self.line(test, "not ok")

    def addSkip(self, test, reason):
        self.line(test, "ok", f" # SKIP {reason}")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.line(test, "not ok")
        self.explain(self.failures[-1][1])

    def addError(self, test, err):
        super().addError(test, err)
        self.line(test, "not ok")
        self.explain(self.errors[-1][1])


def main() -> None:
    loader = unittest.defaultTestLoader
    module = sys.modules["__main__"]
    names = sys.argv[1:]
    suite = loader.loadTestsFromNames(names, module) if names else loader.loadTestsFromModule(module)
    print(f"1..{suite.countTestCases()}", flush=True)
    result = TapResult()
    suite.run(result)
    sys.exit(0 if result.wasSuccessful() else 1)
