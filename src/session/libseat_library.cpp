#include "session/libseat_library.hpp"

#include <string>

#include <dlfcn.h>

#include "base/load_function.hpp"
#include "drm-show/error.hpp"

namespace drmshow {
namespace {

constexpr const char* library_file = "libseat.so.1";

[[noreturn]] void throw_missing() {
  const char* const reason = ::dlerror();
  throw Error{Failure::no_permission,
              std::string{"cannot use libseat: "} + (reason ? reason : library_file),
              "Install it (Debian: libseat1), or say --seat direct."};
}

template <class Function>
void load(void* library, const char* name, Function& function) {
  if (!load_function(library, name, function)) throw_missing();
}

LibseatLibrary load_library() {
  void* const library = ::dlopen(library_file, RTLD_NOW | RTLD_LOCAL);
  if (!library) throw_missing();
  LibseatLibrary functions{};
  load(library, "libseat_set_log_handler", functions.set_log_handler);
  load(library, "libseat_set_log_level", functions.set_log_level);
  load(library, "libseat_open_seat", functions.open_seat);
  load(library, "libseat_close_seat", functions.close_seat);
  load(library, "libseat_disable_seat", functions.disable_seat);
  load(library, "libseat_open_device", functions.open_device);
  load(library, "libseat_close_device", functions.close_device);
  load(library, "libseat_seat_name", functions.seat_name);
  load(library, "libseat_get_fd", functions.get_fd);
  load(library, "libseat_dispatch", functions.dispatch);
  return functions;
}

}  // namespace

const LibseatLibrary& libseat_library() {
  static const LibseatLibrary library = load_library();
  return library;
}

}  // namespace drmshow
