#include "wayland/window.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "drm-show/time.hpp"
#include "wayland/fractional_scale.hpp"
#include "wayland/glfw_session.hpp"
#include "wayland/offer_check.hpp"
#include "wayland/window_input.hpp"

namespace drmshow {

struct DestroyGlfwWindow {
  void operator()(GLFWwindow* window) const noexcept { glfw_library().glfwDestroyWindow(window); }
};
using WindowPtr = std::unique_ptr<GLFWwindow, DestroyGlfwWindow>;

namespace {

std::span<GLFWmonitor* const> all_monitors(const GlfwLibrary& library) {
  int count = 0;
  GLFWmonitor** const first = library.glfwGetMonitors(&count);
  return {first, static_cast<std::size_t>(count)};
}

std::string monitor_names(const GlfwLibrary& library) {
  std::string names;
  for (GLFWmonitor* const monitor : all_monitors(library)) {
    if (!names.empty()) names += ", ";
    names += library.glfwGetMonitorName(monitor);
  }
  return names.empty() ? "There is none." : "There are: " + names + ".";
}

/// nullptr if there is none at all, and none in particular is wanted.
GLFWmonitor* find_monitor(const GlfwLibrary& library, const std::string& name) {
  for (GLFWmonitor* const monitor : all_monitors(library)) {
    if (name.empty() || name == library.glfwGetMonitorName(monitor)) return monitor;
  }
  if (name.empty()) return nullptr;
  throw Error{Failure::no_output, "the compositor has no output " + name, monitor_names(library)};
}

/// Where a window becomes fullscreen that is there already: never a reason to end it.
GLFWmonitor* monitor_for(const GlfwLibrary& library, const wl_output* output,
                         const std::string& wished) {
  const auto monitors = all_monitors(library);
  for (GLFWmonitor* const monitor : monitors) {
    if (output && library.glfwGetWaylandMonitor(monitor) == output) return monitor;
  }
  for (GLFWmonitor* const monitor : monitors) {
    if (wished == library.glfwGetMonitorName(monitor)) return monitor;
  }
  return monitors.empty() ? nullptr : monitors.front();
}

/// In the compositor's units, as near as GLFW tells: what a fullscreen window is configured to, so
/// that its first frame has the right size.
Size monitor_size(const GlfwLibrary& library, GLFWmonitor* monitor, Size otherwise) {
  const GLFWvidmode* const mode = library.glfwGetVideoMode(monitor);
  float across = 1;
  float down = 1;
  library.glfwGetMonitorContentScale(monitor, &across, &down);
  if (!mode || mode->width <= 0 || mode->height <= 0 || across < 1 || down < 1) return otherwise;
  return {static_cast<int>(static_cast<float>(mode->width) / across),
          static_cast<int>(static_cast<float>(mode->height) / down)};
}

/// Decorations and panels take their part as well.
Size shrunk(const GlfwLibrary& library, Size size) {
  GLFWmonitor* const monitor = find_monitor(library, {});
  if (!monitor) return size;
  const Size room = monitor_size(library, monitor, size);
  const double share =
      std::min({1.0, 0.8 * room.width / size.width, 0.8 * room.height / size.height});
  return {static_cast<int>(size.width * share), static_cast<int>(size.height * share)};
}

void set_hints(const GlfwLibrary& library, const WindowWish& wish, const WaylandGlobals& globals) {
  library.glfwWindowHint(GLFW_CLIENT_API, GLFW_NO_API);
  library.glfwWindowHint(GLFW_RESIZABLE, wish.resizable ? GLFW_TRUE : GLFW_FALSE);
  library.glfwWindowHint(GLFW_FOCUS_ON_SHOW, GLFW_FALSE);  // nobody may take the focus
  library.glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE);
  if (!library.is_34) return;
  library.glfwWindowHintString(glfw34::wayland_app_id, wish.app_id.c_str());
  // A surface can have one viewport and one fractional scale: ours, as with 3.3. Where there is no
  // viewporter GLFW 3.4 would crash.
  if (globals.fractional_scale()) library.glfwWindowHint(glfw34::scale_framebuffer, GLFW_FALSE);
}

WindowPtr open_window(const GlfwLibrary& library, const WindowWish& wish, Size windowed,
                      const WaylandGlobals& globals) {
  if (!globals.has_surfaces()) throw_no_surfaces();  // GLFW 3.3 would crash
  set_hints(library, wish, globals);
  GLFWmonitor* const monitor = wish.fullscreen ? find_monitor(library, wish.monitor) : nullptr;
  const Size size = monitor ? monitor_size(library, monitor, windowed) : windowed;
  WindowPtr window{library.glfwCreateWindow(std::max(size.width, 1), std::max(size.height, 1),
                                            wish.title.c_str(), monitor, nullptr)};
  if (!window) throw_glfw_error(library, "cannot open a window");
  return window;
}

constexpr std::chrono::seconds configure_time{10};

}  // namespace

// Ends from the last to the first: what was made for the surface before the surface, and GLFW with
// the connection at the very end.
struct Window::Impl {
  explicit Impl(const WindowWish& wanted)
      : wish{wanted},
        windowed{wanted.may_shrink ? shrunk(glfw.library(), wanted.size) : wanted.size},
        connection{glfw.display()},
        globals{connection},
        window{open_window(glfw.library(), wish, windowed, globals)},
        input{glfw.library(), window.get()},
        fractional{globals, glfw.library().glfwGetWaylandWindow(window.get())} {}

  const GlfwLibrary& library() const { return glfw.library(); }

  Size size() const {
    Size size;
    library().glfwGetWindowSize(window.get(), &size.width, &size.height);
    return size;
  }

  bool configured() const {
    return library().glfwGetWindowAttrib(window.get(), GLFW_VISIBLE) == GLFW_TRUE;
  }

  WindowScale scale() const {
    if (const auto preferred = fractional.preferred()) return *preferred;
    float across = 1;
    library().glfwGetWindowContentScale(window.get(), &across, nullptr);
    return WindowScale{std::max(static_cast<int>(std::lround(across * WindowScale::one)), 1)};
  }

  WindowGeometry geometry() const {
    return window_geometry(size(), scale(),
                           globals.viewporter() ? ScaledBy::viewport : ScaledBy::buffer_scale);
  }

  void wait_for_configure() {
    const Time deadline = Clock::now() + configure_time;
    while (!configured()) {
      const auto left = deadline - Clock::now();
      connection.wait(std::chrono::ceil<std::chrono::milliseconds>(left));
      if (Clock::now() >= deadline) {
        throw Error{Failure::compositor, "the compositor does not configure the window",
                    "It hangs, or shows no windows (is the session locked?)."};
      }
    }
  }

  const WindowWish wish;
  GlfwSession glfw;
  Size windowed;  // before it was fullscreen
  WaylandConnection connection;
  WaylandGlobals globals;
  std::vector<std::shared_ptr<void>> kept;  // until there is no surface
  WindowPtr window;
  WindowInput input;
  FractionalScale fractional;
  WindowGeometry told;  // what take_news() has told last
};

Window::Window(const WindowWish& wish) : impl_{std::make_unique<Impl>(wish)} {
  impl_->library().glfwSetInputMode(impl_->window.get(), GLFW_CURSOR, GLFW_CURSOR_HIDDEN);
  impl_->wait_for_configure();
  impl_->told = geometry();
}

Window::~Window() = default;

WaylandConnection& Window::connection() {
  return impl_->connection;
}

const WaylandGlobals& Window::globals() const {
  return impl_->globals;
}

wl_surface* Window::surface() const {
  return impl_->library().glfwGetWaylandWindow(impl_->window.get());
}

void Window::keep(std::shared_ptr<void> shown) {
  impl_->kept.push_back(std::move(shown));
}

int Window::fd() const {
  return impl_->connection.fd();
}

std::optional<short> Window::prepare() {
  return impl_->connection.prepare();
}

void Window::dispatch() {
  impl_->connection.dispatch();
  // With 3.3 all of GLFW's work is done in what was dispatched. 3.4 has libdecor's decorations
  // besides. Its own loop would never end if the compositor refused something just then and other
  // events came with it; that is why everything was read before.
  if (impl_->library().is_34) impl_->library().glfwPollEvents();
}

WindowGeometry Window::geometry() const {
  return impl_->geometry();
}

WindowScale Window::scale() const {
  return impl_->scale();
}

bool Window::fullscreen() const {
  return impl_->library().glfwGetWindowMonitor(impl_->window.get()) != nullptr;
}

bool Window::focused() const {
  return impl_->library().glfwGetWindowAttrib(impl_->window.get(), GLFW_FOCUSED) == GLFW_TRUE;
}

bool Window::closed() const {
  return impl_->library().glfwWindowShouldClose(impl_->window.get()) == GLFW_TRUE;
}

WindowNews Window::take_news() {
  WindowInput& input = impl_->input;
  input.settle();
  const WindowGeometry now = geometry();
  WindowNews news;
  news.resized = std::exchange(impl_->told, now) != now;
  news.focus = std::exchange(input.focus, false);
  news.fullscreen_key = std::exchange(input.fullscreen_key, false);
  news.refresh = std::exchange(input.refresh, false);
  return news;
}

std::optional<KeyPress> Window::next_key() {
  impl_->input.settle();
  return impl_->input.next_key();
}

void Window::set_title(const std::string& title) {
  impl_->library().glfwSetWindowTitle(impl_->window.get(), title.c_str());
}

void Window::toggle_fullscreen(const wl_output* output) {
  const GlfwLibrary& library = impl_->library();
  GLFWmonitor* monitor = nullptr;
  if (!fullscreen()) {
    monitor = monitor_for(library, output, impl_->wish.monitor);
    if (!monitor) return;
    impl_->windowed = impl_->size();
  }
  const Size size = monitor ? monitor_size(library, monitor, impl_->windowed) : impl_->windowed;
  library.glfwSetWindowMonitor(impl_->window.get(), monitor, 0, 0, size.width, size.height,
                               GLFW_DONT_CARE);
}

std::vector<WindowMonitor> Window::monitors() const {
  const GlfwLibrary& library = impl_->library();
  std::vector<WindowMonitor> found;
  for (GLFWmonitor* const monitor : all_monitors(library)) {
    const GLFWvidmode* const mode = library.glfwGetVideoMode(monitor);
    found.push_back({library.glfwGetMonitorName(monitor),
                     mode ? Size{mode->width, mode->height} : Size{},
                     mode ? mode->refreshRate : 0});
  }
  return found;
}

std::string Window::library() const {
  return std::string{"GLFW "} + impl_->library().glfwGetVersionString();
}

}  // namespace drmshow
