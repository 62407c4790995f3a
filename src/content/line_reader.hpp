// Lines of an untrusted text file, one at a time, as OBJ and MTL files have them: ended by LF or
// CRLF, continued after a backslash at their end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "content/byte_source.hpp"

namespace drmshow {

/// Longest line, with all lines that continue it: a face of 100,000 corners still fits.
constexpr std::size_t kMaxLineBytes = 1 << 20;

class LineReader {
 public:
  /// `name` is used in errors.
  LineReader(ByteSource source, std::string name)
      : source_{std::move(source)}, name_{std::move(name)} {}

  /// The next line without its end; nothing after the last. Valid until the next call. Throws
  /// Error for a line with a NUL byte or beyond the limit, and when reading fails.
  std::optional<std::string_view> next();

  /// Throws "NAME:LINE: REASON" about the line that next() gave; with nothing yet or no more, its
  /// number is left out.
  [[noreturn]] void fail(std::string_view reason, std::string hint = kHint) const;
  /// "NAME:LINE: "
  std::string where() const;

  const std::string& name() const { return name_; }

 private:
  static constexpr const char* kHint =
      "Mend the file, copy it again from where it came from, or choose another.";

  std::optional<std::string_view> physical_line();
  void check_length(std::size_t length) const;

  ByteSource source_;
  std::string name_;
  std::size_t used_ = 0;      // bytes at the head of source_.ready() that the last line views
  std::uint64_t read_ = 0;    // physical lines so far
  std::uint64_t number_ = 0;  // of the line that next() gave; 0 when there is none
  std::string straddling_;    // a physical line that ran over the end of a buffer
  std::string continued_;     // a line with those that continue it
};

}  // namespace drmshow
