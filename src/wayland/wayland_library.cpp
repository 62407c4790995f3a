#include "wayland/wayland_library.hpp"

#include <string>

#include <dlfcn.h>

#include "base/load_function.hpp"
#include "drm-show/error.hpp"
#include "wayland/wayland_message.hpp"

namespace drmshow {
namespace {

constexpr const char* wayland_library_file = "libwayland-client.so.0";

[[noreturn]] void throw_no_libwayland() {
  const char* const reason = ::dlerror();
  throw Error{Failure::compositor,
              std::string{"cannot use libwayland: "} + (reason ? reason : wayland_library_file),
              "Install it, 1.20 or later (Debian: libwayland-client0)."};
}

WaylandLibrary load_libwayland() {
  void* const library = ::dlopen(wayland_library_file, RTLD_NOW | RTLD_LOCAL);
  if (!library) throw_no_libwayland();
  WaylandLibrary functions{};
#define DRMSHOW_LOAD(name) \
  if (!load_function(library, "wl_" #name, functions.name)) throw_no_libwayland();
  DRMSHOW_WAYLAND_FUNCTIONS(DRMSHOW_LOAD)
#undef DRMSHOW_LOAD
  functions.log_set_handler_client(keep_wayland_message);
  return functions;
}

}  // namespace

const WaylandLibrary& wayland_library() {
  static const WaylandLibrary library = load_libwayland();
  return library;
}

}  // namespace drmshow
