#include "query/editline.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <dlfcn.h>
#include <editline/readline.h>

#include "drm-show/error.hpp"
#include "query/complete.hpp"
#include "query/shell.hpp"

namespace drmshow {

/// What is used of the library, under the names that its header declares them by.
struct Editline::Functions {
  void* library = nullptr;
  decltype(&::readline) readline = nullptr;
  decltype(&::add_history) add_history = nullptr;
  decltype(&::using_history) using_history = nullptr;
  decltype(&::rl_completion_matches) completion_matches = nullptr;
  char** line_buffer = nullptr;
  int* point = nullptr;
  int* attempted_completion_over = nullptr;
  int* append_character = nullptr;
  decltype(&::rl_attempted_completion_function) attempted_completion = nullptr;
  decltype(&::rl_basic_word_break_characters) word_breaks = nullptr;

  template <class Pointer>
  bool find(const char* name, Pointer& pointer) const {
    pointer = reinterpret_cast<Pointer>(::dlsym(library, name));
    return pointer != nullptr;
  }

  bool find_all() {
    return find("readline", readline) && find("add_history", add_history) &&
           find("using_history", using_history) &&
           find("rl_completion_matches", completion_matches) &&
           find("rl_line_buffer", line_buffer) && find("rl_point", point) &&
           find("rl_attempted_completion_over", attempted_completion_over) &&
           find("rl_completion_append_character", append_character) &&
           find("rl_attempted_completion_function", attempted_completion) &&
           find("rl_basic_word_break_characters", word_breaks);
  }

  // What libedit calls has no argument for a context.
  static const Functions* current;
  static const Source* source;
  static char* next_candidate(const char* word, int state);
  static char** complete_line(const char* word, int start, int end);
};

const Editline::Functions* Editline::Functions::current = nullptr;
const Source* Editline::Functions::source = nullptr;

namespace {

// The words before the one that is completed.
std::vector<std::string> words_before(const char* line, int point, const char* word) {
  const auto end = static_cast<std::size_t>(point);
  try {
    return split_words(std::string_view{line}.substr(0, end - std::min(end, std::strlen(word))));
  } catch (const Error&) {
    return {};  // within quotes
  }
}

}  // namespace

char* Editline::Functions::next_candidate(const char* word, int state) {
  static std::vector<std::string> candidates;
  static std::size_t next;
  if (state == 0) {
    next = 0;
    std::vector<std::string> words = words_before(*current->line_buffer, *current->point, word);
    words.emplace_back(word);
    candidates = completions(*source, words);
  }
  // libedit frees what it gets.
  return next < candidates.size() ? ::strdup(candidates[next++].c_str()) : nullptr;
}

char** Editline::Functions::complete_line(const char* word, int, int) {
  *current->attempted_completion_over = 1;  // never file names
  *current->append_character = 0;           // a path may go on with a "."
  return current->completion_matches(word, next_candidate);
}

std::unique_ptr<Editline> Editline::load(const Source& source) {
  auto functions = std::make_unique<Functions>();
  for (const char* name : {"libedit.so.2", "libedit.so.0", "libedit.so"}) {
    if (!functions->library) functions->library = ::dlopen(name, RTLD_NOW);
  }
  if (!functions->library || !functions->find_all()) return nullptr;
  Functions::source = &source;
  return std::unique_ptr<Editline>{new Editline{std::move(functions)}};
}

Editline::Editline(std::unique_ptr<Functions> functions) : functions_{std::move(functions)} {
  Functions::current = functions_.get();
  *functions_->attempted_completion = Functions::complete_line;
  // "/", "." and "-" are parts of paths.
  *functions_->word_breaks = const_cast<char*>(" \t\n\"'");
  functions_->using_history();
}

// The library stays loaded: it has handlers of its own for the terminal.
Editline::~Editline() = default;

std::optional<std::string> Editline::read(const char* prompt) {
  const std::unique_ptr<char, decltype(&std::free)> line{functions_->readline(prompt), &std::free};
  if (!line) return std::nullopt;
  if (*line != '\0') functions_->add_history(line.get());
  return line.get();
}

}  // namespace drmshow
