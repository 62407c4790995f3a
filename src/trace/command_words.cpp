#include "trace/command_words.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

namespace drmshow {
namespace {

// "-jo": the value of the last of these letters that takes one is the next word, unless it is in
// this one.
bool letters_want_next(std::string_view letters, const TakesValue& takes_value) {
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (takes_value(std::string{"-"} + letters[i])) return i + 1 == letters.size();
  }
  return false;
}

bool wants_next(std::string_view option, const TakesValue& takes_value) {
  if (!option.starts_with("--")) return letters_want_next(option.substr(1), takes_value);
  return option.find('=') == std::string_view::npos && takes_value(option);
}

bool is_option(std::string_view word) {
  return word.size() > 1 && word.front() == '-';
}

}  // namespace

std::vector<const char*> with_marked_command(std::span<const char* const> arguments,
                                             const TakesValue& takes_value) {
  std::vector<const char*> words{arguments.begin(), arguments.end()};
  bool run = false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view word{words[i]};
    if (word == "--") break;
    if (is_option(word)) {
      i += wants_next(word, takes_value) ? 1 : 0;
    } else if (run) {
      words.insert(words.begin() + static_cast<std::ptrdiff_t>(i), "--");
      break;
    } else if (word != "run") {
      break;
    } else {
      run = true;
    }
  }
  return words;
}

}  // namespace drmshow
