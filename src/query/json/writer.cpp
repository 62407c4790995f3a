#include "query/json/writer.hpp"

#include <charconv>
#include <cmath>

#include "base/utf8.hpp"

namespace drmshow {
namespace {

constexpr std::size_t piece =
    12000;  // bytes that are written at once; a little more than a page or two
constexpr std::size_t blanks = 2;  // a level
constexpr std::string_view digits = "0123456789abcdef";
constexpr std::string_view replacement_character = "\xef\xbf\xbd";

bool is_plain(char c) {
  return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x80 &&
         c != '"' && c != '\\';
}

// RFC 8259, section 7.
void append_escaped(std::string& text, char c) {
  constexpr std::string_view short_ones = "\"\"\\\\\bb\ff\nn\rr\tt";
  for (std::size_t i = 0; i < short_ones.size(); i += 2) {
    if (short_ones[i] == c) {
      text += '\\';
      text += short_ones[i + 1];
      return;
    }
  }
  text += "\\u00";
  text += digits[static_cast<unsigned char>(c) >> 4];
  text += digits[static_cast<unsigned char>(c) & 0xf];
}

template <class Number>
void append_number(std::string& text, Number number) {
  char room[32];
  const auto [end, error] = std::to_chars(std::begin(room), std::end(room), number);
  text.append(room, end);
}

}  // namespace

void JsonWriter::begin(char bracket) {
  text_ += bracket;
  ++depth_;
  empty_ = true;
}

void JsonWriter::end(char bracket) {
  --depth_;
  if (!empty_) {
    text_ += '\n';
    text_.append(depth_ * blanks, ' ');
  }
  text_ += bracket;
  empty_ = false;
}

void JsonWriter::begin_element() {
  if (sink_ && text_.size() > piece) {
    (*sink_)(text_);
    text_.clear();
  }
  text_ += empty_ ? "\n" : ",\n";
  text_.append(depth_ * blanks, ' ');
  empty_ = false;
}

void JsonWriter::begin_member(std::string_view key) {
  begin_element();
  put_text(key);
  text_ += ": ";
}

void JsonWriter::put_text(std::string_view text) {
  text_ += '"';
  while (!text.empty()) {
    std::size_t plain = 0;
    while (plain < text.size() && is_plain(text[plain])) ++plain;
    text_ += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const CodePoint next = first_code_point(text);
    if (!next.valid) {
      text_ += replacement_character;
    } else if (next.value < 0x80) {
      append_escaped(text_, text.front());
    } else {
      text_ += text.substr(0, next.bytes);
    }
    text.remove_prefix(next.bytes);
  }
  text_ += '"';
}

void JsonWriter::put_signed(std::int64_t number) {
  append_number(text_, number);
}

void JsonWriter::put_unsigned(std::uint64_t number) {
  append_number(text_, number);
}

// With a point or an exponent, so that readers that tell kinds of numbers apart get the same one
// for 60 Hz and for 59.94 Hz.
void JsonWriter::put_real(double number) {
  if (!std::isfinite(number)) return put(nullptr);
  const std::size_t start = text_.size();
  append_number(text_, number);
  if (text_.find_first_of(".e", start) == std::string::npos) text_ += ".0";
}

}  // namespace drmshow
