#include "wayland/glfw_library.hpp"

#include <string>

#include <dlfcn.h>

#include "base/load_function.hpp"
#include "drm-show/error.hpp"

namespace drmshow {
namespace {

constexpr const char* glfw_file = "libglfw.so.3";
constexpr const char* which_glfw =
    "Install GLFW for Wayland (Debian 12: libglfw3-wayland, which takes the place of libglfw3; "
    "later: "
    "libglfw3), or run drm-show on a text console (Ctrl-Alt-F3).";

[[noreturn]] void throw_glfw(const std::string& why) {
  throw Error{Failure::compositor, "cannot open windows: " + why, which_glfw};
}

template <class Function>
void load_glfw_function(void* library, const char* name, Function& function) {
  if (!load_function(library, name, function)) {
    throw_glfw(std::string{"the installed GLFW lacks "} + name);
  }
}

/// Two builds of 3.3 have the same name, and only what they lack tells them apart. In 3.4 one build
/// knows both.
void check_platform(void* library, const char* version) {
  if (::dlsym(library, "glfwGetWaylandDisplay")) {
    int (*supports)(int) = nullptr;  // since 3.4
    if (!load_function(library, "glfwPlatformSupported", supports)) return;
    if (supports(glfw34::platform_wayland)) return;
  }
  throw_glfw(std::string{"the installed GLFW ("} + version + ") was built without Wayland");
}

GlfwLibrary load_glfw() {
  void* const library = ::dlopen(glfw_file, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char* const reason = ::dlerror();
    throw_glfw(reason ? reason : glfw_file);
  }
  GlfwLibrary functions{};
  load_glfw_function(library, "glfwGetVersionString", functions.glfwGetVersionString);
  check_platform(library, functions.glfwGetVersionString());
#define DRMSHOW_LOAD(name) load_glfw_function(library, #name, functions.name);
  DRMSHOW_GLFW_FUNCTIONS(DRMSHOW_LOAD)
#undef DRMSHOW_LOAD
  int major = 0;
  int minor = 0;
  functions.glfwGetVersion(&major, &minor, nullptr);
  functions.is_34 = major > 3 || minor >= 4;
  functions.needs_seat = major == 3 && minor == 4;
  return functions;
}

}  // namespace

const GlfwLibrary& glfw_library() {
  static const GlfwLibrary library = load_glfw();
  return library;
}

}  // namespace drmshow
