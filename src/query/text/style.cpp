#include "query/text/style.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/utf8.hpp"

namespace drmshow {
namespace {

constexpr char escape = '\x1b';

// SGR parameters (ECMA-48, section 8.3.117), of the 16 colours that every terminal has and every
// theme can change.
std::string_view sgr(Role role) {
  switch (role) {
    case Role::heading:
      return "1";
    case Role::dim:
    case Role::disconnected:
      return "2";
    case Role::connected:
      return "32";
    case Role::changed:
      return "36";
    case Role::warning:
      return "33";
    case Role::plain:
      break;
  }
  return {};
}

struct Spelling {
  char32_t code_point;
  std::string_view ascii;
};

constexpr Spelling spellings[] = {
    {U'…', "..."}, {U'→', "->"}, {U'←', "<-"}, {U'×', "x"}, {U'–', "-"},  {U'—', "-"}, {U'−', "-"},
    {U'µ', "u"},   {U'°', "o"},  {U'²', "2"},  {U'’', "'"}, {U'≤', "<="}, {U'±', "+-"}};

std::string_view in_ascii(char32_t code_point) {
  const auto found = std::ranges::find(spellings, code_point, &Spelling::code_point);
  return found == std::end(spellings) ? std::string_view{"?"} : found->ascii;
}

// The length of the escape sequence ("\x1b[1m") that `text` begins with, or 0.
std::size_t escape_length(std::string_view text) {
  if (!text.starts_with("\x1b[")) return 0;
  const std::size_t end = text.find('m');
  return end == std::string_view::npos ? 0 : end + 1;
}

}  // namespace

std::string paint(const TextStyle& style, Role role, std::string_view text) {
  if (!style.colour || role == Role::plain || text.empty()) return std::string{text};
  return fmt::format("{}[{}m{}{}[0m", escape, sgr(role), text, escape);
}

std::string bold(const TextStyle& style, std::string_view text) {
  return paint(style, Role::heading, text);
}

std::string dim(const TextStyle& style, std::string_view text) {
  return paint(style, Role::dim, text);
}

std::string printable(const TextStyle& style, std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    if (!point.valid || is_harmful(point.value)) {
      result += '?';
    } else if (point.value < 0x80 || style.unicode) {
      result += text.substr(0, point.bytes);
    } else {
      result += in_ascii(point.value);
    }
    text.remove_prefix(point.bytes);
  }
  return result;
}

int display_width(std::string_view text) {
  int width = 0;
  while (!text.empty()) {
    if (const std::size_t skipped = escape_length(text)) {
      text.remove_prefix(skipped);
      continue;
    }
    const CodePoint point = first_code_point(text);
    width += columns(point.value);
    text.remove_prefix(point.bytes);
  }
  return width;
}

std::string pad(std::string_view text, int width, Align align) {
  const std::string blanks(static_cast<std::size_t>(std::max(0, width - display_width(text))), ' ');
  return align == Align::left ? std::string{text} + blanks : blanks + std::string{text};
}

std::string shorten(const TextStyle& style, std::string_view text, int width) {
  if (display_width(text) <= width) return std::string{text};
  const std::string_view dots = style.unicode ? "…" : "...";
  const int room = width - display_width(dots);
  std::string result;
  for (int used = 0; !text.empty();) {
    const CodePoint point = first_code_point(text);
    used += columns(point.value);
    if (used > room) break;
    result += text.substr(0, point.bytes);
    text.remove_prefix(point.bytes);
  }
  while (result.ends_with(' ')) result.pop_back();
  return result + std::string{dots};
}

namespace {

// Puts words on lines; remembers the colour that is on, so that no line ends or begins with the
// colour of another.
class Wrapper {
 public:
  Wrapper(int width, int hanging) : width_{width}, hanging_{hanging} {}

  void add(std::string_view word, std::string_view blanks) {
    const int needed = display_width(blanks) + display_width(word);
    if (!empty_ && used_ + needed > width_) {
      break_line();
      blanks = {};
    }
    line_.append(blanks).append(word);
    used_ += display_width(blanks) + display_width(word);
    empty_ = empty_ && word.empty();
    note_colour(word);
  }

  std::vector<std::string> finish() {
    lines_.push_back(std::move(line_));
    return std::move(lines_);
  }

 private:
  void break_line() {
    if (!colour_.empty()) line_ += "\x1b[0m";
    lines_.push_back(std::move(line_));
    line_ = std::string(static_cast<std::size_t>(hanging_), ' ') + colour_;
    used_ = hanging_;
    empty_ = true;
  }

  void note_colour(std::string_view word) {
    for (std::size_t at = 0; (at = word.find(escape, at)) != std::string_view::npos; ++at) {
      const std::size_t length = escape_length(word.substr(at));
      colour_ = word.substr(at, length);
      if (colour_ == "\x1b[0m") colour_.clear();
    }
  }

  int width_, hanging_;
  int used_ = 0;
  bool empty_ = true;  // nothing but blanks on the line: breaking it would gain nothing
  std::string line_, colour_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> wrap(std::string_view text, int width, int hanging) {
  if (display_width(text) <= width) return {std::string{text}};
  Wrapper wrapper{width, hanging};
  while (!text.empty()) {
    const std::size_t word_at = std::min(text.find_first_not_of(' '), text.size());
    const std::size_t end = std::min(text.find(' ', word_at), text.size());
    wrapper.add(text.substr(word_at, end - word_at), text.substr(0, word_at));
    text.remove_prefix(end);
  }
  return wrapper.finish();
}

void trim_end(std::string& text) {
  while (text.ends_with(' ')) text.pop_back();
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

}  // namespace drmshow
