#include "content/line_reader.hpp"

#include <cstring>

#include <fmt/format.h>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

std::string_view without_cr(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// A backslash at the end of a comment is a part of it ("# from C:\models\").
bool goes_on(std::string_view line) {
  return line.ends_with('\\') && !line.starts_with('#');
}

}  // namespace

std::string LineReader::where() const {
  return number_ == 0 ? name_ + ": " : fmt::format("{}:{}: ", name_, number_);
}

void LineReader::fail(std::string_view reason, std::string hint) const {
  throw Error{Failure::bad_content, where() + std::string{reason}, std::move(hint)};
}

std::optional<std::string_view> LineReader::next() {
  number_ = read_ + 1;
  auto line = physical_line();
  if (!line) {
    number_ = 0;
    return {};
  }
  *line = without_cr(*line);
  if (!goes_on(*line)) return line;
  continued_.clear();
  while (line && goes_on(*line)) {
    continued_ += line->substr(0, line->size() - 1);
    continued_ += ' ';
    check_length(continued_.size());
    line = physical_line();
    if (line) *line = without_cr(*line);
  }
  if (line) continued_ += *line;
  check_length(continued_.size());
  return continued_;
}

void LineReader::check_length(std::size_t length) const {
  if (length > kMaxLineBytes) fail(fmt::format("a line of more than {} bytes", kMaxLineBytes));
}

std::optional<std::string_view> LineReader::physical_line() {
  source_.consume(used_);
  used_ = 0;
  straddling_.clear();
  for (;;) {
    const auto bytes = source_.ready();
    const std::string_view text{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    if (source_.errnum() != 0)
      throw Error{Failure::bad_content, name_ + ": cannot be read", "", source_.errnum()};
    if (text.empty() && straddling_.empty()) return {};
    const std::size_t end = std::min(text.find('\n'), text.size());
    check_length(straddling_.size() + end);
    if (std::memchr(text.data(), 0, end) != nullptr)
      fail("is binary, not text", "Choose a file in the text form of its format.");
    const bool whole = end < text.size() || text.empty();
    if (whole) ++read_;
    used_ = std::min(end + 1, text.size());
    if (whole && straddling_.empty()) return text.substr(0, end);
    straddling_ += text.substr(0, end);
    if (whole) return straddling_;
    source_.consume(used_);
    used_ = 0;
  }
}

}  // namespace drmshow
