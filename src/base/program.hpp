// What every program of ours does around its work: sane descriptors at the start, one form of error
// message and the exit code at the end.
#pragma once

#include <functional>
#include <string_view>

namespace drmshow {

/// "drm-show: card0: …", then the hint, without control characters that others have put into them.
void print_problem(const char* name, std::string_view what, std::string_view hint);

/// Runs `work` and returns its exit code. What it throws becomes a message on stderr ("drm-show:
/// card0: …", then the hint) and the exit code of its Failure.
int run_program(const char* name, const std::function<int()>& work);

/// Something is at work that does not end (a GPU's driver), and keeps what it uses: once `work` of
/// run_program() has returned, the process ends without anything that would wait for that.
void end_without_waiting() noexcept;

}  // namespace drmshow
