#include <cstdlib>
#include <filesystem>

#include "wayland/wayland.hpp"

namespace drmshow {
namespace {

std::string environment_text(const char* name) {
  const char* const value = std::getenv(name);
  return value ? value : "";
}

}  // namespace

std::string wayland_socket() {
  if (auto inherited = environment_text("WAYLAND_SOCKET"); !inherited.empty()) return inherited;
  const std::filesystem::path path{environment_text("WAYLAND_DISPLAY")};
  if (path.empty()) return {};
  if (path.is_relative()) {
    const auto folder = environment_text("XDG_RUNTIME_DIR");
    if (folder.empty()) return {};
    return (std::filesystem::path{folder} / path).string();
  }
  return path.string();
}

}  // namespace drmshow
