#include "content/fields.hpp"

#include <charconv>
#include <cmath>

#include "base/printable.hpp"

namespace drmshow {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::size_t kMostQuoted = 40;  // characters

}  // namespace

void Fields::skip_blanks() {
  text_.remove_prefix(std::min(text_.find_first_not_of(kBlanks), text_.size()));
}

std::string_view Fields::word() {
  const std::string_view found = text_.substr(0, text_.find_first_of(kBlanks));
  text_.remove_prefix(found.size());
  skip_blanks();
  return found;
}

std::string_view Fields::rest() const {
  const std::size_t last = text_.find_last_not_of(kBlanks);
  return last == std::string_view::npos ? std::string_view{} : text_.substr(0, last + 1);
}

std::string_view without_comment(std::string_view line) {
  return line.substr(0, line.find('#'));
}

std::optional<float> to_coordinate(std::string_view word) {
  if (word.starts_with('+')) word.remove_prefix(1);  // from_chars() does not know it
  // As a double first: float's from_chars() says the same of 1e-50 and 1e50.
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc{} || end != word.data() + word.size()) return {};
  if (!(std::fabs(value) <= kMaxCoordinate)) return {};
  return static_cast<float>(value);
}

std::string in_quotes(std::string_view word) {
  const bool is_long = word.size() > kMostQuoted;
  return '"' + printable(word.substr(0, kMostQuoted)) + (is_long ? "…\"" : "\"");
}

}  // namespace drmshow
