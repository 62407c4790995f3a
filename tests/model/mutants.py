#!/usr/bin/env python3
"""Does the model checker bite? Each mutant of the shipped ring has one thing wrong; the checker has to
find it, and to show how it comes about.

Usage: mutants.py SOURCE_ROOT CHECKER_LIBRARY COMPILER… [--show]

`--show` prints what the checker says about each.
"""
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile
from dataclasses import dataclass

NEEDED = 50

# What is replaced (it occurs once), and by what.
MUTANTS = [
    # acquire
    ("if (closed_ || !any_output()) return std::nullopt;", "if (!any_output()) return std::nullopt;"),
    ("if (closed_ || !any_output()) return std::nullopt;", "if (closed_) return std::nullopt;"),
    ("if (slots_[index(i)].drawing) return std::nullopt;", ""),
    ("if (found < 0 && is_free(i)) found = i;", "if (found < 0 && !slots_[index(i)].drawing) found = i;"),
    ("if (found < 0 && is_free(i)) found = i;", "if (found < 0) found = i;"),
    ("if (found < 0 && is_free(i)) found = i;", "if (found < 0 && i > 0 && is_free(i)) found = i;"),
    ("slot.number = ++last_number_;", "slot.number = last_number_;"),
    ("slot.drawing = true;", ""),
    # submit
    ("if (!is_drawing(frame)) return false;\n  Slot& slot", "Slot& slot"),
    ("slot.drawing = false;\n  // Whatever", "// Whatever"),
    ("slot.fence = fence;", ""),
    ("slot.unsignalled = fence != RenderFence::none;", ""),
    ("slot.unsignalled = fence != RenderFence::none;", "slot.unsignalled = fence == RenderFence::native;"),
    ("slot.unsignalled = fence != RenderFence::none;", "slot.unsignalled = true;"),
    ("if (aborted_) return false;\n", ""),
    ("if (output.away) continue;\n", ""),
    ("slot.wanted |= bit(i);\n    ++", "++"),
    ("slot.wanted |= bit(i);\n    ++output.counts.submitted;", "slot.wanted |= bit(i);"),
    ("if (!slot.unsignalled) supersede_before(slot);", ""),
    ("if (!slot.unsignalled) supersede_before(slot);", "supersede_before(slot);"),
    # discard
    ("if (!is_drawing(frame)) return false;\n  slots_[frame.slot].drawing", "slots_[frame.slot].drawing"),
    ("slots_[frame.slot].drawing = false;\n  return true;", "return true;"),
    # is_free
    ("slot.drawing || slot.unsignalled || slot.held || slot.wanted != 0", "slot.drawing || slot.held || slot.wanted != 0"),
    ("slot.drawing || slot.unsignalled || slot.held || slot.wanted != 0", "slot.drawing || slot.unsignalled || slot.wanted != 0"),
    ("slot.drawing || slot.unsignalled || slot.held || slot.wanted != 0", "slot.drawing || slot.unsignalled || slot.held"),
    ("outputs_[index(i)].scanout == number || outputs_[index(i)].pending == number",
     "outputs_[index(i)].pending == number"),
    ("outputs_[index(i)].scanout == number || outputs_[index(i)].pending == number",
     "outputs_[index(i)].scanout == number"),
    # signalled
    ("if (!is_current(frame) || !slots_[frame.slot].unsignalled) return false;\n  Slot&",
     "if (!slots_[frame.slot].unsignalled) return false;\n  Slot&"),
    ("|| !slots_[frame.slot].unsignalled) return false;\n  Slot&", ") return false;\n  Slot&"),
    ("slot.unsignalled = false;", ""),
    ("    cancel_wanted(slot);\n", ""),
    ("    cancel_wanted(slot);\n", "    slot.wanted = 0;\n"),
    ("  } else {\n    supersede_before(slot);\n  }", "  }"),
    ("if (!success) {", "if (success) {"),
    # expired
    ("if (!is_current(frame) || !slots_[frame.slot].unsignalled) return false;\n  cancel",
     "if (!slots_[frame.slot].unsignalled) return false;\n  cancel"),
    ("|| !slots_[frame.slot].unsignalled) return false;\n  cancel", ") return false;\n  cancel"),
    ("  cancel_wanted(slots_[frame.slot]);\n", ""),
    ("  cancel_wanted(slots_[frame.slot]);\n", "  slots_[frame.slot].wanted = 0;\n"),
    ("  cancel_wanted(slots_[frame.slot]);\n", "  cancel_wanted(slots_[frame.slot]);\n  slots_[frame.slot].unsignalled = false;\n"),
    ("  cancel_wanted(slots_[frame.slot]);\n  return true;", "  cancel_wanted(slots_[frame.slot]);\n  return false;"),
    # upcoming, next
    ("return Frame{static_cast<std::uint8_t>(at), slots_[index(at)].number};\n}\n\nstd::optional<Flip>",
     "return Frame{static_cast<std::uint8_t>(at), last_number_};\n}\n\nstd::optional<Flip>"),
    ("return Frame{static_cast<std::uint8_t>(at), slots_[index(at)].number};\n}\n\nstd::optional<Flip>",
     "return std::nullopt;\n}\n\nstd::optional<Flip>"),
    ("const auto frame = upcoming(number);\n  if (!frame) return std::nullopt;", "const auto frame = upcoming(number);\n  if (!frame) { outputs_[index(number)].needs_modeset = true; return std::nullopt; }"),
    ("if (output.away || output.cookie != 0) return", "if (output.cookie != 0) return"),
    ("if (output.away || output.cookie != 0) return", "if (output.away) return"),
    ("if (at < 0 || !may_commit(slots_[index(at)], output)) return", "if (at < 0) return"),
    ("slot.wanted = static_cast<std::uint8_t>(slot.wanted & ~bit(number));\n  output.pending", "output.pending"),
    ("slot.wanted = static_cast<std::uint8_t>(slot.wanted & ~bit(number));\n  output.pending",
     "slot.wanted = 0;\n  output.pending"),
    ("output.cookie = ++last_cookie_;", "output.cookie = last_cookie_ + 1;"),
    ("output.modeset_pending = output.needs_modeset;", "output.modeset_pending = false;"),
    ("output.needs_modeset = false;\n  slot.held", "slot.held"),
    ("slot.unsignalled};", "false};"),
    # refused, dropped
    ("take_back(output);\n  if (newer", "if (newer"),
    ("take_back(output);\n  if (newer", "end_pending(output);\n  if (newer"),
    ("if (newer_is_ready(number)) {", "if (false) {"),
    ("if (newer_is_ready(number)) {", "if (true) {"),
    ("    ++output.counts.superseded;\n  } else", "  } else"),
    ("    slots_[index(at)].wanted |= bit(number);\n", ""),
    ("  take_back(outputs_[index(number)]);\n", ""),
    ("  take_back(outputs_[index(number)]);\n", "  end_pending(outputs_[index(number)]);\n"),
    ("  ++outputs_[index(number)].counts.cancelled;\n  return", "  return"),
    ("  slots_[output.pending].held = false;\n", ""),
    ("  output.needs_modeset |= output.modeset_pending;\n", ""),
    ("output.modeset_pending;\n  end_pending(output);\n", "output.modeset_pending;\n"),
    # what the display holds
    ("slot.held = slot_return_ == SlotReturn::release;", ""),
    ("slot.held = slot_return_ == SlotReturn::release;", "slot.held = true;"),
    ("slot.held = slot_return_ == SlotReturn::release;", "slot.held = slot_return_ == SlotReturn::flip;"),
    ("if (!is_current(frame) || !slots_[frame.slot].held) return false;\n", "if (!slots_[frame.slot].held) return false;\n"),
    ("if (!is_current(frame) || !slots_[frame.slot].held) return false;\n", "if (!is_current(frame)) return false;\n"),
    ("  slots_[frame.slot].held = false;\n  return true;", "  return true;"),
    ("  slots_[frame.slot].held = false;\n  return true;", "  slots_[frame.slot].held = false;\n  return false;"),
    # a release ends nothing but that
    ("  slots_[frame.slot].held = false;\n  return true;",
     "  slots_[frame.slot].held = false;\n  if (outputs_[0].scanout == frame.slot) outputs_[0].scanout = no_slot;\n  return true;"),
    ("  slots_[frame.slot].held = false;\n  return true;",
     "  slots_[frame.slot].held = false;\n  if (outputs_[0].pending == frame.slot) end_pending(outputs_[0]);\n  return true;"),
    ("  slots_[frame.slot].held = false;\n  return true;",
     "  if (use(frame.slot) == SlotUse::retiring) slots_[frame.slot].held = false;\n  return true;"),
    ("  for (Slot& slot : slots_) slot.held = false;\n", ""),
    ("  for (Slot& slot : slots_) slot.held = false;\n", "  slots_[0].held = false;\n"),
    # a surface has no mode
    ("  if (has_modes()) return;\n", ""),
    ("  if (has_modes()) return;\n", "  return;\n"),
    ("for (Output& output : outputs_) output.needs_modeset = false;", ""),
    ("outputs_[index(number)].needs_modeset = has_modes();", "outputs_[index(number)].needs_modeset = true;"),
    # flipped
    ("return cookie != 0 && cookie <= last_cookie_ ? FlipResult::stale", "return cookie <= last_cookie_ ? FlipResult::stale"),
    ("cookie <= last_cookie_ ? FlipResult::stale : FlipResult::unknown", "true ? FlipResult::stale : FlipResult::unknown"),
    ("output.scanout = output.pending;\n", ""),
    ("end_pending(output);\n  ++output.counts.shown;", "end_pending(output);"),
    ("end_pending(output);\n  ++output.counts.shown;", "++output.counts.shown;"),
    ("return cookie != 0 && outputs_[index(output)].cookie == cookie;", "return outputs_[index(output)].cookie != 0;"),
    ("return cookie != 0 && outputs_[index(output)].cookie == cookie;", "return cookie != 0;"),
    # outputs that come and go
    ("  outputs_[index(number)].needs_modeset = has_modes();\n", ""),
    ("outputs_[index(number)].away = true;", ""),
    ("  output.scanout = no_slot;\n", ""),
    ("    ++output.counts.cancelled;\n    end_pending(output);\n", "    end_pending(output);\n"),
    ("    ++output.counts.cancelled;\n    end_pending(output);\n", ""),
    ("    slot.wanted = static_cast<std::uint8_t>(slot.wanted & ~bit(number));\n    ++output", "    ++output"),
    ("bit(number));\n    ++outputs_[index(number)].counts.cancelled;", "bit(number));"),
    ("if (any_output()) forget_wanted(number);", ""),
    ("if (outputs_[index(i)].away) forget_wanted(i);", ""),
    ("outputs_[index(number)].away = false;", ""),
    ("  arm_modeset(number);\n", ""),
    # the end
    ("void FrameRing::close() {\n  closed_ = true;", "void FrameRing::close() {"),
    ("  aborted_ = true;\n", ""),
    ("for (int i = 0; i < output_count_; ++i) off(i);", "off(0);"),
    ("is == SlotUse::drawing || is == SlotUse::ready || is == SlotUse::pending", "is == SlotUse::free"),
    # what a slot is used for, and what is chosen
    ("slot.unsignalled || slot.held ? SlotUse::retiring : SlotUse::free", "SlotUse::free"),
    ("slot.unsignalled || slot.held ? SlotUse::retiring : SlotUse::free", "slot.unsignalled ? SlotUse::retiring : SlotUse::free"),
    ("slot.unsignalled || slot.held ? SlotUse::retiring : SlotUse::free", "slot.held ? SlotUse::retiring : SlotUse::free"),
    ("if (slot.wanted != 0) is = SlotUse::ready;", ""),
    ("if (outputs_[index(i)].scanout == number) return SlotUse::scanout;", ""),
    ("if (outputs_[index(i)].pending == number) is = SlotUse::pending;", ""),
    ("slots_[frame.slot].number == frame.number;", "true;"),
    ("if (!outputs_[index(i)].away) return true;", "return true;"),
    ("if (!slot.unsignalled) return true;\n  return", "return"),
    ("slot.fence == RenderFence::native && !output", "!output"),
    ("slot.fence == RenderFence::native && !output.needs_modeset;", "slot.fence == RenderFence::native;"),
    ("if (!wanted(i, output)) continue;\n    const Slot& slot = slots_[index(i)];\n    if (policy_", "const Slot& slot = slots_[index(i)];\n    if (policy_"),
    ("if (policy_ == RingPolicy::mailbox && slot.unsignalled) continue;", ""),
    ("slot.number < slots_[index(found)].number", "slot.number > slots_[index(found)].number"),
    ("++outputs_[index(i)].counts.cancelled;", ";"),
    ("if (slot.number >= newer.number) continue;", ""),
    ("if (slot.number >= newer.number) continue;", "if (slot.number + 1 >= newer.number) continue;"),
    ("if (policy_ != RingPolicy::mailbox) return;", ""),
    ("if (policy_ != RingPolicy::mailbox) return;", "return;"),
    ("++outputs_[index(i)].counts.superseded;", ";"),
    ("(slot.wanted & ~newer.wanted)", "(slot.wanted & 0)"),
    ("if (wanted(i, output) && !slot.unsignalled) return true;", "if (wanted(i, output)) return true;"),
    ("  output.cookie = 0;\n  output.pending = no_slot;", "  output.pending = no_slot;"),
    ("  output.pending = no_slot;\n  output.modeset_pending", "  output.modeset_pending"),
]

@dataclass
class Verdict:
    number: int
    caught: bool
    says: str


def mutated(source: str, old: str, new: str) -> str:
    assert source.count(old) == 1, f"this is there {source.count(old)} times: {old}"
    return source.replace(old, new)


def judge(number: int, source: str, root: pathlib.Path, library: str, compiler: list[str]) -> Verdict:
    old, new = MUTANTS[number]
    with tempfile.TemporaryDirectory() as folder:
        file, program = pathlib.Path(folder) / "ring.cpp", pathlib.Path(folder) / "ring"
        file.write_text(mutated(source, old, new), encoding="utf-8")
        # The mutant comes first: its ring is the one that is linked.
        subprocess.run([*compiler, "-std=c++20", "-O1", f"-I{root}/include", f"-I{root}/src", "-o", program,
                        file, f"{root}/src/base/error.cpp", library], check=True)
        try:
            run = subprocess.run([program, "quick"], capture_output=True, text=True, timeout=300, check=False)
        except subprocess.TimeoutExpired:
            return Verdict(number, True, "it never ended\n")
    return Verdict(number, run.returncode != 0, run.stdout[run.stdout.find("FAILED"):] or f"exit {run.returncode}")


def main() -> int:
    words = [word for word in sys.argv[1:] if word != "--show"]
    root, library, compiler = pathlib.Path(words[0]), words[1], words[2:]
    source = (root / "src/ring/frame_ring.cpp").read_text(encoding="utf-8")
    missed = []
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        jobs = [pool.submit(judge, number, source, root, library, compiler) for number in range(len(MUTANTS))]
        for job in concurrent.futures.as_completed(jobs):
            verdict = job.result()
            old, new = MUTANTS[verdict.number]
            if not verdict.caught:
                missed.append(verdict.number)
                print(f"not caught, {verdict.number}: {old}\n  became: {new}")
            elif "--show" in sys.argv:
                print(f"{old}\n  became: {new}\n{verdict.says}")
    caught = len(MUTANTS) - len(missed)
    print(f"{caught} of {len(MUTANTS)} mutants caught")
    return 1 if missed or caught < NEEDED else 0


if __name__ == "__main__":
    sys.exit(main())
