#include "wayland/glfw_session.hpp"

#include <cstdlib>

#include "base/printable.hpp"
#include "drm-show/error.hpp"
#include "wayland/offer_check.hpp"
#include "wayland/wayland.hpp"
#include "wayland/wayland_library.hpp"
#include "wayland/wayland_message.hpp"

namespace drmshow {
namespace {

std::string connect_hint() {
  const char* const name = std::getenv("WAYLAND_DISPLAY");
  const char* const folder = std::getenv("XDG_RUNTIME_DIR");
  if (wayland_socket().empty() && name && *name != '\0' && !(folder && *folder != '\0')) {
    return "$WAYLAND_DISPLAY names a compositor, but $XDG_RUNTIME_DIR does not say in which folder "
           "its socket is (usually /run/user/1000, with your user's number).";
  }
  if (!wayland_socket().empty())
    return "Is the compositor still running, and does it offer windows (xdg-shell)?";
  if (const char* const x11 = std::getenv("DISPLAY"); x11 && *x11 != '\0') {
    return "This is an X11 session, and drm-show has windows under Wayland only: run it on a text "
           "console (Ctrl-Alt-F3).";
  }
  return "No compositor is in reach: $WAYLAND_DISPLAY and $XDG_RUNTIME_DIR say where it is. Run "
         "drm-show from a terminal in its session.";
}

}  // namespace

void throw_glfw_error(const GlfwLibrary& library, const std::string& what) {
  const char* words = nullptr;
  library.glfwGetError(&words);
  std::string why = words ? printable(words) : "no reason given";
  if (const auto more = last_wayland_message(); !more.empty()) why += " (" + more + ")";
  throw Error{Failure::compositor, what + ": " + why, connect_hint()};
}

GlfwSession::GlfwSession() : library_{glfw_library()} {
  static_cast<void>(wayland_library());  // before GLFW connects: its messages are wanted
  if (library_.is_34) {
    library_.glfwInitHint(glfw34::platform_hint, glfw34::platform_wayland);
    check_offers(library_);
  }
  if (!library_.glfwInit()) throw_glfw_error(library_, "cannot connect to a Wayland compositor");
}

GlfwSession::~GlfwSession() {
  library_.glfwTerminate();
}

wl_display* GlfwSession::display() const {
  return library_.glfwGetWaylandDisplay();
}

}  // namespace drmshow
