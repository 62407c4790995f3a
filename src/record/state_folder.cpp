#include "record/state_folder.hpp"

#include <fmt/format.h>

namespace drmshow {
namespace {

bool is_absolute(const char* path) {
  return path && path[0] == '/';
}

}  // namespace

std::string user_state_folder(const char* xdg_state_home, const char* home) {
  if (is_absolute(xdg_state_home)) return fmt::format("{}/drm-show", xdg_state_home);
  return is_absolute(home) ? fmt::format("{}/.local/state/drm-show", home) : std::string{};
}

}  // namespace drmshow
