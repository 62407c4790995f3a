// drm-query: what the kernel knows about displays. See drm-query(1).
#include <cerrno>
#include <string_view>

#include <unistd.h>

#include "base/program.hpp"
#include "drm-show/error.hpp"
#include "query/options.hpp"
#include "query/shell.hpp"
#include "query/verbs.hpp"
#include "query/watch.hpp"

namespace {

// Not through stdio: its buffer would be one more copy.
void write_out(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      throw drmshow::Error{drmshow::Failure::unexpected, "cannot write the answer", {}, errno};
    }
  }
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
