#include "query/shell.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <memory>
#include <optional>

#include <editline/readline.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/program.hpp"
#include "drm-show/error.hpp"
#include "query/complete.hpp"
#include "query/verbs.hpp"
#include "query/watch.hpp"

namespace drmshow {
namespace {

constexpr const char* help = R"(Commands:
  list                     what is connected, at what mode, through what
  tree                     everything
  show OBJECT, OBJECT      one object: DP-1, crtc/57, plane/31, card0
  get PATH                 one value: DP-1.vrr_capable, plane/31.IN_FORMATS
  formats                  which planes take which format with which modifier
  graph [text|dot|svg]     how things are connected
  explain [PROPERTY]       what a property means
  diff BEFORE [AFTER]      what is different between two saved reports, or a report and now
  watch                    changes as they happen; Ctrl-C ends the shell too
  help, quit
The Tab key completes. --json, --raw and --possible work as on the command line.
)";

// Completion has no argument for its context: libedit calls a function and nothing else.
const Source* completion_source = nullptr;

// libedit frees what it gets.
char* copy(const std::string& text) {
  return ::strdup(text.c_str());
}

char* next_candidate(const char* word, int state) {
  static std::vector<std::string> candidates;
  static std::size_t next;
  if (state == 0) {
    next = 0;
    std::vector<std::string> words;
    try {
      words = split_words(std::string_view{rl_line_buffer}.substr(
          0, static_cast<std::size_t>(rl_point) - std::strlen(word)));
    } catch (const Error&) {
      words.clear();
    }
    words.emplace_back(word);
    candidates = completions(*completion_source, words);
    const bool wants_more = candidates.size() == 1 && candidates[0].ends_with('.');
    rl_completion_append_character = wants_more ? '\0' : ' ';
  }
  return next < candidates.size() ? copy(candidates[next++]) : nullptr;
}

char** complete_line(const char* word, int, int) {
  rl_attempted_completion_over = 1;  // never file names
  return rl_completion_matches(word, next_candidate);
}

class Lines {
 public:
  explicit Lines(const Source& source) : interactive_{::isatty(STDIN_FILENO) != 0} {
    if (!interactive_) return;
    completion_source = &source;
    rl_readline_name = const_cast<char*>("drm-query");
    rl_attempted_completion_function = complete_line;
    // "/", "." and "-" are parts of paths.
    rl_basic_word_break_characters = const_cast<char*>(" \t\n\"'");
    using_history();
  }

  bool interactive() const { return interactive_; }

  std::optional<std::string> next() {
    if (!interactive_) {
      std::string line;
      return std::getline(std::cin, line) ? std::optional{line} : std::nullopt;
    }
    const std::unique_ptr<char, decltype(&std::free)> line{readline("drm> "), &std::free};
    if (!line) {
      fmt::print("\n");
      return std::nullopt;
    }
    if (*line != '\0') add_history(line.get());
    return line.get();
  }

 private:
  bool interactive_;
};

// The words of a line, with the options of drm-query among them.
QueryOptions options_for(const QueryOptions& base, const std::vector<std::string>& words) {
  QueryOptions options = base;
  options.words.clear();
  for (const std::string& word : words) {
    if (word == "--json" || word == "-j") {
      options.output = Output::json;
    } else if (word == "--raw") {
      options.output = Output::raw;
    } else if (word == "--possible") {
      options.edges = Edges::possible;
    } else {
      options.words.push_back(word);
    }
  }
  return options;
}

int run_line(const QueryOptions& base, const std::vector<std::string>& words) {
  const QueryOptions options = options_for(base, words);
  const std::string& verb = words.front();
  if (verb == "help" || verb == "?") {
    fmt::print("{}", help);
    return 0;
  }
  if (verb == "shell") throw Error{Failure::usage, "this is the shell already"};
  if (verb == "watch") {
    watch(options);
    return 0;
  }
  const Answer result = answer(options);
  std::fwrite(result.text.data(), 1, result.text.size(), stdout);
  std::fflush(stdout);
  return result.exit_code;
}

}  // namespace

int run_shell(const QueryOptions& options) {
  Lines lines{options.source};
  if (lines.interactive()) fmt::print("drm-query: \"help\" lists the commands, Tab completes.\n");
  while (const auto line = lines.next()) {
    const int code = run_program("drm-query", [&] {
      const std::vector<std::string> words = split_words(*line);
      if (words.empty() || words.front().starts_with("#")) return 0;
      if (words.front() == "quit" || words.front() == "exit") return -1;
      return run_line(options, words);
    });
    if (code == -1) break;
    if (code != 0 && !lines.interactive()) return code;
  }
  return 0;
}

}  // namespace drmshow
