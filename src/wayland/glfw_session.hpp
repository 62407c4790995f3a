// GLFW between its beginning and its end: the connection to the compositor, and the outputs.
#pragma once

#include <string>

#include "wayland/glfw_library.hpp"

namespace drmshow {

class GlfwSession {
 public:
  /// Connects. In the main thread, one at a time. Throws Error (compositor).
  GlfwSession();
  ~GlfwSession();
  GlfwSession(const GlfwSession&) = delete;
  GlfwSession& operator=(const GlfwSession&) = delete;

  const GlfwLibrary& library() const { return library_; }
  wl_display* display() const;

 private:
  const GlfwLibrary& library_;
};

/// Throws Error (compositor): `what`, and GLFW's own words about it.
[[noreturn]] void throw_glfw_error(const GlfwLibrary& library, const std::string& what);

}  // namespace drmshow
