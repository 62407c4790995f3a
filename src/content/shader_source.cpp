#include "content/shader_source.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "main_image.hpp"

namespace drmshow {
namespace {

constexpr std::string_view forms =
    "It is a shader with void mainImage(out vec4 fragColor, in vec2 fragCoord), or a whole one "
    "with "
    "void main().";

[[noreturn]] void fail_shader(const std::string& name, int line, std::string_view what,
                              std::string_view hint) {
  throw Error{Failure::bad_content, fmt::format("{}:{}: error: {}", name, line, what),
              std::string{hint}};
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

struct Word {
  std::string_view text;
  std::size_t at;  // bytes from the beginning
  int line;        // from 1
  bool directive;  // the first word after a # that begins a line
};

/// The words of a shader, without those of comments.
class Words {
 public:
  Words(std::string_view text, const std::string& name) : text_{text}, name_{name} {}

  std::optional<Word> next() {
    while (at_ < text_.size()) {
      if (skip_comment()) continue;
      if (is_letter(text_[at_])) return word();
      step();
    }
    return std::nullopt;
  }

 private:
  bool starts(std::string_view what) const { return text_.substr(at_, what.size()) == what; }

  void step() {
    const char c = text_[at_++];
    if (c == '\n') {
      ++line_;
      line_begins_ = true;
      after_hash_ = false;
    } else if (c == '#' && line_begins_) {
      after_hash_ = true;
      line_begins_ = false;
    } else if (is_digit(c)) {  // 1e5 has no word in it
      while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
      line_begins_ = false;
    } else if (c != ' ' && c != '\t' && c != '\r') {
      line_begins_ = false;
    }
  }

  bool skip_comment() {
    if (starts("//")) {
      at_ = std::min(text_.find('\n', at_), text_.size());
      return true;
    }
    if (!starts("/*")) return false;
    const std::size_t end = text_.find("*/", at_ + 2);
    if (end == std::string_view::npos) fail_shader(name_, line_, "this comment never ends", "");
    line_ += static_cast<int>(std::ranges::count(text_.substr(at_, end - at_), '\n'));
    at_ = end + 2;
    return true;
  }

  Word word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
    const Word found{text_.substr(begin, at_ - begin), begin, line_, after_hash_};
    line_begins_ = after_hash_ = false;
    return found;
  }

  std::string_view text_;
  const std::string& name_;
  std::size_t at_ = 0;
  int line_ = 1;
  bool line_begins_ = true;  // nothing but spaces so far
  bool after_hash_ = false;
};

struct Found {
  bool main_image = false;
  bool main = false;
  std::optional<Word> version;
};

void refuse_missing_inputs(const Word& word, const std::string& name) {
  const bool channel = word.text.starts_with("iChannel");
  if (!channel && word.text != "iSampleRate") return;
  fail_shader(name, word.line,
              fmt::format("{}: drm-show has no {} for shaders", word.text,
                          channel ? "textures or sounds" : "sound"),
              "Choose a shader that draws everything itself.");
}

Found look_through(std::string_view text, const std::string& name) {
  Found found;
  Words words{text, name};
  while (const auto word = words.next()) {
    refuse_missing_inputs(*word, name);
    if (word->directive && word->text == "version") found.version = word;
    if (word->text == "mainImage") found.main_image = true;
    if (word->text == "main") found.main = true;
  }
  return found;
}

void refuse_no_text(std::string_view text, const std::string& name) {
  if (text.size() > max_shader_text) {
    throw Error{Failure::bad_content,
                fmt::format("{}: {} bytes are too many for a shader: the limit is {}", name,
                            text.size(), max_shader_text),
                "Is it a shader?"};
  }
  const auto is_binary = [](char c) {
    const auto code = static_cast<unsigned char>(c);
    return code < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v';
  };
  const auto binary = std::ranges::find_if(text, is_binary);
  if (binary == text.end()) return;
  throw Error{Failure::bad_content, name + ": is neither a shader's text nor SPIR-V",
              std::string{forms}};
}

/// The line of a #version, which our own stands in place of, without all but its end.
std::string without_line(std::string_view text, std::size_t at) {
  std::string result{text};
  const auto begin = text.rfind('\n', at) + 1;  // npos + 1 is 0
  const auto end = std::min(text.find('\n', at), text.size());
  std::fill(result.begin() + static_cast<std::ptrdiff_t>(begin),
            result.begin() + static_cast<std::ptrdiff_t>(end), ' ');
  return result;
}

}  // namespace

std::string complete_shader(std::string_view text, const std::string& name) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  refuse_no_text(text, name);
  const Found found = look_through(text, name);
  if (!found.main && !found.main_image) {
    throw Error{Failure::bad_content, name + ": has neither mainImage() nor main()",
                std::string{forms}};
  }
  if (found.main) {
    return (found.version ? std::string{} : std::string{"#version 450\n#line 1\n"}) +
           std::string{text};
  }
  std::string result{glsl::main_image_before};
  result += found.version ? without_line(text, found.version->at) : std::string{text};
  return result += glsl::main_image_after;
}

}  // namespace drmshow
