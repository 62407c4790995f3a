#include <cstdlib>
#include <filesystem>
#include <system_error>

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
  auto display = environment_text("WAYLAND_DISPLAY");
  const bool named = !display.empty();
  if (!named) display = "wayland-0";
  std::filesystem::path path{display};
  if (path.is_relative()) {
    const auto folder = environment_text("XDG_RUNTIME_DIR");
    if (folder.empty()) return {};
    path = std::filesystem::path{folder} / path;
  }
  std::error_code error;
  return std::filesystem::is_socket(path, error) ? path.string() : std::string{};
}

}  // namespace drmshow
