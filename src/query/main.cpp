// drm-query: what the kernel knows about displays. See drm-query(1).
#include <string_view>

#include <unistd.h>

#include "base/program.hpp"
#include "base/write_all.hpp"
#include "drm-show/error.hpp"
#include "query/options.hpp"
#include "query/shell.hpp"
#include "query/verbs.hpp"
#include "query/watch.hpp"

namespace {

// Not through stdio: its buffer would be one more copy.
void write_out(std::string_view text) {
  const int errnum = drmshow::write_all(STDOUT_FILENO, text);
  if (errnum == 0) return;
  throw drmshow::Error{drmshow::Failure::unexpected, "cannot write the answer", {}, errnum};
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
  const drmshow::Answer answer = drmshow::answer(*options);
  drmshow::print(answer, write_out);
  return answer.exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  return drmshow::run_program("drm-query", [&] { return run(argc, argv); });
}
