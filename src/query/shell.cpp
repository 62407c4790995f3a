#include "query/shell.hpp"

#include <csignal>
#include <cstdio>
#include <iostream>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <unistd.h>

#include "base/program.hpp"
#include "drm-show/error.hpp"
#include "query/editline.hpp"
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
  watch                    changes as they happen; Ctrl-C ends it
  help, quit
The Tab key completes. --json, --raw and --possible work as on the command line.
)";

class Lines {
 public:
  explicit Lines(const Source& source) : interactive_{::isatty(STDIN_FILENO) != 0} {
    if (interactive_) editline_ = Editline::load(source);
  }

  bool interactive() const { return interactive_; }

  std::optional<std::string> next() {
    std::optional<std::string> line = editline_ ? editline_->read(prompt) : plain();
    if (!line && interactive_) fmt::print("\n");
    return line;
  }

 private:
  static constexpr const char* prompt = "drm> ";

  std::optional<std::string> plain() const {
    if (interactive_) fmt::print("{}", prompt);
    std::fflush(stdout);
    std::string line;
    return std::getline(std::cin, line) ? std::optional{line} : std::nullopt;
  }

  bool interactive_;
  std::unique_ptr<Editline> editline_;
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

volatile std::sig_atomic_t interrupted = 0;

// As long as this lives, Ctrl-C only sets `interrupted`.
class InterruptFlag {
 public:
  InterruptFlag() {
    struct sigaction action {};
    action.sa_handler = [](int) { interrupted = 1; };
    interrupted = 0;
    ::sigaction(SIGINT, &action, &before_);
  }
  ~InterruptFlag() { ::sigaction(SIGINT, &before_, nullptr); }
  InterruptFlag(const InterruptFlag&) = delete;
  InterruptFlag& operator=(const InterruptFlag&) = delete;

 private:
  struct sigaction before_ {};
};

int run_line(const QueryOptions& base, const std::vector<std::string>& words) {
  const QueryOptions options = options_for(base, words);
  const std::string& verb = words.front();
  if (verb == "help" || verb == "?") {
    fmt::print("{}", help);
    return 0;
  }
  if (verb == "shell") throw Error{Failure::usage, "this is the shell already"};
  if (verb == "watch") {
    const InterruptFlag flag;
    watch(options, &interrupted);
    return 0;
  }
  const Answer result = answer(options);
  print(result, [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); });
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
