#include "drm/node.hpp"

#include <cerrno>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

[[noreturn]] void throw_open_error(const std::filesystem::path& node, int errnum) {
  const std::string what = fmt::format("cannot open {}", node.string());
  if (errnum == EACCES || errnum == EPERM) {
    throw Error{Failure::no_permission, what,
                "Run as root, or add your user to the group that owns the node (usually "
                "\"video\": sudo usermod -aG video $USER, then log in again).",
                errnum};
  }
  if (!std::filesystem::exists("/dev/dri")) {
    throw Error{
        Failure::no_device, what,
        "There is no /dev/dri here. In a container, pass it in (docker: --device /dev/dri); "
        "otherwise load the graphics driver, or use a virtual display (in the source tree: "
        "scripts/try).",
        errnum};
  }
  throw Error{Failure::no_device, what, "See which devices there are with: ls -l /dev/dri", errnum};
}

}  // namespace

UniqueFd open_node(const std::filesystem::path& node, int access) {
  UniqueFd fd{::open(node.c_str(), access | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)};
  if (!fd) throw_open_error(node, errno);
  return fd;
}

std::filesystem::path resolve_node(const std::filesystem::path& node) {
  std::error_code error;
  if (!std::filesystem::is_symlink(node, error)) return node;
  const auto resolved = std::filesystem::canonical(node, error);
  return error ? node : resolved;
}

unsigned node_minor(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 ? minor(status.st_rdev) : 0;
}

}  // namespace drmshow
