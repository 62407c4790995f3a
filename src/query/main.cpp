// drm-query: what the kernel knows about displays. See drm-query(1).
#include <cerrno>
#include <cstdio>

#include "base/program.hpp"
#include "drm-show/error.hpp"
#include "query/options.hpp"
#include "query/shell.hpp"
#include "query/verbs.hpp"
#include "query/watch.hpp"

namespace {

int print(const drmshow::Answer& answer) {
  const std::string& text = answer.text;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw drmshow::Error{drmshow::Failure::unexpected, "cannot write the answer", {}, errno};
  }
  return answer.exit_code;
}

int run(int argc, char** argv) {
  const auto options = drmshow::parse_query_options(argc, argv);
  if (!options) return 0;
  const std::string verb = options->words.size() == 1 ? options->words.front() : "";
  if (verb == "shell") return drmshow::run_shell(*options);
  if (verb == "watch") {
    drmshow::watch(*options);
    return 0;
  }
  return print(drmshow::answer(*options));
}

}  // namespace

int main(int argc, char** argv) {
  return drmshow::run_program("drm-query", [&] { return run(argc, argv); });
}
