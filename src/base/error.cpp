#include "drm-show/error.hpp"

namespace drmshow {
namespace {

std::string join(const std::string& what, int errnum) {
  if (errnum == 0) return what;
  return what + ": " + std::generic_category().message(errnum);
}

}  // namespace

Error::Error(Failure failure, const std::string& what, std::string hint, int errnum)
    : std::system_error{errnum, std::generic_category(), what},
      failure_{failure},
      hint_{std::move(hint)},
      text_{join(what, errnum)} {}

Error::~Error() = default;

}  // namespace drmshow
