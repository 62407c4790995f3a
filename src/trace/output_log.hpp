// What a program says, as lines with their times. Pure.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "drm-show/time.hpp"

namespace drmshow {

/// Makes lines of what comes in pieces. A line has the time of the piece with its first byte. One
/// without an end is ended at 4096 bytes.
class LineSplitter {
 public:
  static constexpr std::size_t most_line = 4096;
  using Take = std::function<void(std::string_view line, Time time)>;

  explicit LineSplitter(Take take) : take_{std::move(take)} {}
  void add(std::string_view bytes, Time time);
  /// There is no more: what is left is the last line.
  void finish();

 private:
  Take take_;
  std::string line_;
  Time time_{};
};

struct SaidLine {
  Time time{};
  std::string text;
};

}  // namespace drmshow
