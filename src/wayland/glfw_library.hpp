// The functions of GLFW, loaded when they are needed. 3.3 (its Wayland build) and 3.4 will do.
#pragma once

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

// Of GLFW/glfw3native.h, which in 3.3 includes all of libwayland's functions.
struct wl_display;
struct wl_output;
struct wl_surface;
extern "C" {
wl_display* glfwGetWaylandDisplay(void);
wl_output* glfwGetWaylandMonitor(GLFWmonitor* monitor);
wl_surface* glfwGetWaylandWindow(GLFWwindow* window);
}

// clang-format off
#define DRMSHOW_GLFW_FUNCTIONS(each) \
  each(glfwCreateWindow) \
  each(glfwDestroyWindow) \
  each(glfwGetError) \
  each(glfwGetMonitorContentScale) \
  each(glfwGetMonitorName) \
  each(glfwGetMonitors) \
  each(glfwGetVersion) \
  each(glfwGetVersionString) \
  each(glfwGetVideoMode) \
  each(glfwGetWaylandDisplay) \
  each(glfwGetWaylandMonitor) \
  each(glfwGetWaylandWindow) \
  each(glfwGetWindowAttrib) \
  each(glfwGetWindowContentScale) \
  each(glfwGetWindowMonitor) \
  each(glfwGetWindowSize) \
  each(glfwGetWindowUserPointer) \
  each(glfwInit) \
  each(glfwInitHint) \
  each(glfwPollEvents) \
  each(glfwSetCharModsCallback) \
  each(glfwSetInputMode) \
  each(glfwSetKeyCallback) \
  each(glfwSetWindowFocusCallback) \
  each(glfwSetWindowMonitor) \
  each(glfwSetWindowRefreshCallback) \
  each(glfwSetWindowTitle) \
  each(glfwSetWindowUserPointer) \
  each(glfwTerminate) \
  each(glfwWindowHint) \
  each(glfwWindowHintString) \
  each(glfwWindowShouldClose)
// clang-format on

namespace drmshow {

/// What GLFW 3.4 has and the header of 3.3 does not know yet (GLFW/glfw3.h of 3.4).
namespace glfw34 {
inline constexpr int platform_hint = 0x00050003;
inline constexpr int platform_wayland = 0x00060003;
inline constexpr int scale_framebuffer = 0x0002200D;
inline constexpr int wayland_app_id = 0x00026001;
}  // namespace glfw34

struct GlfwLibrary {
// NOLINTNEXTLINE(bugprone-macro-parentheses): a member's name
#define DRMSHOW_MEMBER(name) decltype(&::name) name;
  DRMSHOW_GLFW_FUNCTIONS(DRMSHOW_MEMBER)
#undef DRMSHOW_MEMBER
  bool is_34 = false;       ///< 3.4 or later
  bool needs_seat = false;  ///< 3.4 itself: glfwInit() crashes where the compositor has no wl_seat
};

/// Throws Error (compositor) if it is not installed, or without Wayland.
const GlfwLibrary& glfw_library();

}  // namespace drmshow
