// Functions of libraries that are loaded at run time.
#pragma once

#include <dlfcn.h>

namespace drmshow {

/// Sets `function` to the one of this name; false if `library` (dlopen's) has none.
template <class Function>
bool load_function(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

}  // namespace drmshow
