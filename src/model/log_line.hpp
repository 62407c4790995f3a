// Lines of a ring log (docs/ring-log.md), as src/present/present_log writes them.
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "drm-show/present_event.hpp"

namespace drmshow::model {

/// A line that makes no sense: what() says why.
class BadLine : public std::exception {
 public:
  explicit BadLine(std::string why) : why_{std::move(why)} {}
  const char* what() const noexcept override { return why_.c_str(); }

 private:
  std::string why_;
};

inline constexpr std::string_view first_log_line = "drm-show ring log 2";

struct StreamLine {
  int number = 0;
  int slots = 0;
  RingPolicy policy = RingPolicy::fifo;
  int outputs = 0;
  SlotReturn slot_return = SlotReturn::flip;
};

/// "stream 0: slots 3 policy fifo outputs 1", and perhaps " return release"; nothing if it is no
/// such line. Throws BadLine.
std::optional<StreamLine> parse_stream_line(const std::string& line);

/// An event's line, with all fields that its step must have and none that it cannot have; times
/// are looked at, but not kept. Throws BadLine.
PresentEvent parse_event_line(const std::string& line);

}  // namespace drmshow::model
