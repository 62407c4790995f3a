#include "trace/output.hpp"

#include <cerrno>
#include <cstddef>

#include <unistd.h>

#include "drm-show/error.hpp"

namespace drmshow {

bool write_out(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      return false;
    } else if (errno != EINTR) {
      throw Error{Failure::unexpected, "cannot write the answer", {}, errno};
    }
  }
  return true;
}

}  // namespace drmshow
