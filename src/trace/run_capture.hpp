// Runs a program, and gathers what it and the kernel say until it ends. Thin.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "trace/bounded_log.hpp"
#include "trace/kernel_trace.hpp"
#include "trace/output_log.hpp"
#include "trace/protocol_log.hpp"
#include "trace/run_recordings.hpp"

namespace drmshow {

struct RunWishes {
  std::vector<std::string> command;
  bool kernel = true;
  bool protocol = true;  ///< messages to and from the compositor, if there is one
};

struct RunCapture {
  static constexpr std::size_t most_events = 4'000'000;
  static constexpr std::size_t most_lines = 1'000'000;

  int exit_code = 0;
  std::optional<RunRecordings> recordings;
  std::vector<KernelEvent> events;
  std::uint64_t lost_events = 0;
  std::string tracepoints;  ///< which there are; empty: none
  std::string no_kernel;    ///< why there are none
  BoundedLog<ProtocolMessage> messages{most_lines};
  BoundedLog<SaidLine> out{most_lines};
  BoundedLog<SaidLine> err{most_lines};
};

/// What it says comes to our stdout and stderr at once. Signals that we get it gets. Throws Error
/// if it cannot be started.
RunCapture run_and_capture(const RunWishes& wishes);

}  // namespace drmshow
