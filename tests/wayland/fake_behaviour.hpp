// What the fake compositor shall do to its client: its command line. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace drmshow::fake {

using std::chrono::milliseconds;

struct Extent {
  int width = 0;
  int height = 0;
};

// When a buffer is given back.
enum class Release {
  immediately,
  on_replace,
  late,
  uneven,  // every other one late: not in the order of commits
  never
};
enum class FrameCallbacks { normal, stopping, slow };
// What zwp_linux_dmabuf_feedback_v1 says.
enum class Feedback {
  honest,
  short_table,   // a table whose size is larger than its file: who reads it all gets SIGBUS
  huge_index,    // a tranche names an entry that the table does not have
  zero_size,     // a table without any bytes
  no_formats,    // no tranche has a format
  wrong_device,  // the main device is no display and no GPU
};

struct Behaviour {
  std::string socket = "wayland-fake";
  std::string report = "report.jsonl";
  std::string drm;  // the node with which it draws, whose timelines it knows; empty: none
  Extent output{1024, 768};
  int outputs = 1;  // alike; windows are on the last
  Extent window;    // of the first configure; 0 is the client's choice
  double scale = 1;
  Release release = Release::on_replace;
  milliseconds release_delay{0};
  FrameCallbacks frame_callbacks = FrameCallbacks::normal;
  int callbacks = 0;  // that come before they stop
  milliseconds callback_delay{0};
  Feedback feedback = Feedback::honest;
  int discarded = 0;  // commits from the first on whose presentation is discarded at once
  bool refuse_dmabuf = false;
  std::optional<int> configure_storm;  // so many configures once a frame has been shown
  std::optional<int> close_after;      // frames, as the next two
  std::optional<int> protocol_error_after;
  std::optional<int> die_after;
  milliseconds ping_every{0};  // 0: never
  std::set<std::string> without;
  std::vector<std::uint32_t> keys;  // evdev's codes
};

// Throws std::invalid_argument that says which argument is wrong.
Behaviour parse_behaviour(const std::vector<std::string>& arguments);

std::string usage();

}  // namespace drmshow::fake
