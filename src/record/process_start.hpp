// Which process it is that has a number, for numbers are used again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <sys/types.h>

namespace drmshow {

/// When it was started, in clock ticks since the machine was (proc(5), field 22 of stat); nothing
/// if there is no such process, or no /proc. One that has died counts no longer, though nobody has
/// waited for it yet (a zombie).
std::optional<std::uint64_t> process_start(pid_t pid);

/// A text that each start of the machine has of its own; empty if it is not known.
std::string boot_id();

}  // namespace drmshow
