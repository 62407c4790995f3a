#!/usr/bin/env python3
"""What a frame costs that a GPU's driver draws, besides what the driver does itself: no memory is allocated,
and few system calls are made. lavapipe on vkms; its own allocations and calls are told apart by their stacks."""
from collections import Counter

import harness
import system_calls
from harness import BUILD, DeviceTest
from system_calls import Call

SHIM = BUILD / "tests" / "device" / "heap-count.so"
# Of the program's polls, two for each frame: after what is made for the first ones.
WINDOW = ("--env", "HEAP_COUNT_FROM=24", "--env", "HEAP_COUNT_TO=48")
COMMITS = 6
# Shown first until the allocations are counted; then the two kinds of threads of ours are traced.
SCRIPT = """
LD_PRELOAD={shim} $SHOW {arguments} --mode 640x480 --no-vt >out 2>err & show=$!
ours() {{ echo "-p $show"; cd /proc/$show/task; grep -lx draw */comm | sed 's,/.*,,; s,^,-p ,'; }}
until grep -q allocations err || ! kill -0 $show; do sleep 0.1; done
strace -qq -k -e trace=!clock_gettime -o $VM_OUT/trace $(ours) 2>said & strace=$!
until [ "$(grep -c {commit} $VM_OUT/trace)" -ge {commits} ] || ! kill -0 $strace; do sleep 0.1; done 2>/dev/null
kill -INT $strace; wait $strace
kill -TERM $show; wait $show; code=$?
cat err said >&2; exit $code
"""


class GpuEconomy(DeviceTest):
    def frames_of(self, arguments: str, outputs: int, faults: dict[str, str]) -> list[Call]:
        """The calls of some frames. No memory may be allocated meanwhile."""
        settings = {key: value for key, value in harness.vulkan_settings().items() if "LAYER" not in key}
        if faults:
            settings |= faults | {"VK_LAYER_PATH": str(SHIM.parent), "VK_INSTANCE_LAYERS": "VK_LAYER_DRMSHOW_faults"}
        environment = [word for key, value in settings.items() for word in ("--env", f"{key}={value}")]
        script = SCRIPT.format(shim=SHIM, arguments=arguments, commit=system_calls.COMMIT, commits=COMMITS * outputs)
        result = self.run_vm(f"cd /run; {script}", *environment, *WINDOW, "--outputs", str(outputs),
                             "--out", str(self.scratch))
        self.assertEqual(result.code, 0, result.out + result.err)
        self.assertRegex(result.err, r"(?m)^0 allocations$")
        self.assertRegex(result.err, r"(?m)^and [1-9]\d* of drivers$")  # those that are not ours are seen
        return system_calls.between_commits(list(system_calls.parse(self.scratch / "trace")))

    def check(self, arguments: str, most: int, outputs: int = 1, **faults: str) -> None:
        """At most so many calls of ours for a frame that a thread draws, all in all. Where the loop draws itself there
        are five less: nobody is woken (2) nor says that he has drawn (2), for which there is one more poll."""
        calls = self.frames_of(arguments, outputs, faults)
        frames = sum(call.is_commit() for call in calls)
        self.assertGreaterEqual(frames, COMMITS - 2)
        ours = [call for call in calls if call.is_ours()]
        self.assertLess(len(ours), len(calls))
        words = ", ".join(f"{name} {count / frames:.2f}" for name, count in Counter(c.name for c in ours).items())
        self.assertLessEqual(len(ours) / frames, most + 0.3, words)
        hand_over = [call for call in ours if call.hands_over()]
        polls = sum(call.name == "read" for call in hand_over)
        self.assertLessEqual((len(ours) - len(hand_over) - polls) / frames, most - 5 + 0.3, words)

    def test_shader(self):
        """Poll, read, commit; lavapipe's fence has signalled when it comes: it is looked at and closed."""
        self.check("--shader gradient --overlay", 10)

    def test_room(self):
        self.check("--scene room --overlay", 10)

    def test_two_outputs(self):
        self.check("--shader gradient --overlay", 10, outputs=2)

    def test_the_displays_own_gpu(self):
        """Its fence goes along with the commit, and is closed."""
        self.check("--shader gradient --overlay", 9, VULKAN_FENCES="late:5", VULKAN_OWN="226:0")

    def test_a_gpu_that_is_not_the_displays(self):
        """Its fence is looked at, polled, looked at again and closed."""
        self.check("--shader gradient --overlay", 12, VULKAN_FENCES="late:100")


if __name__ == "__main__":
    harness.main()
