#include "trace/output.hpp"

#include <cerrno>

#include <unistd.h>

#include "base/write_all.hpp"
#include "drm-show/error.hpp"

namespace drmshow {

bool write_out(std::string_view text) {
  const int errnum = write_all(STDOUT_FILENO, text);
  if (errnum == 0) return true;
  if (errnum == EPIPE) return false;
  throw Error{Failure::unexpected, "cannot write the answer", {}, errnum};
}

}  // namespace drmshow
