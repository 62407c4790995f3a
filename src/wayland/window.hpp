// A window of a compositor's, by GLFW: shell, decorations, keys, outputs. What is in it is not
// GLFW's: buffers go to surface() through SurfaceCommits.
//
// Once made it has been configured, so that buffers may be attached. GLFW acknowledges configures
// while they are dispatched. The next commit has to have the size that was configured: compositors
// end the connection of a maximized or fullscreen window that is too large (weston does). So a
// frame that was drawn before is not committed any more when geometry() has changed, or, where a
// viewport scales, with geometry().logical instead of its own: stretched.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "drm-show/geometry.hpp"
#include "wayland/connection.hpp"
#include "wayland/globals.hpp"
#include "wayland/window_geometry.hpp"
#include "wayland/window_keys.hpp"

struct wl_output;
struct wl_surface;

namespace drmshow {

struct WindowWish {
  std::string title;
  std::string app_id;  ///< with GLFW 3.4 and later
  Size size{1280, 720};
  bool may_shrink = false;  ///< to four fifths of the first monitor, in the same shape
  bool fullscreen = false;
  std::string monitor;  ///< where to be fullscreen: its name; empty: the first
  bool resizable = true;
};

/// What has changed since it was asked last.
struct WindowNews {
  bool resized = false;         ///< geometry(), by a resize or another scale
  bool focus = false;           ///< focused()
  bool fullscreen_key = false;  ///< F11 or Alt-Enter was pressed an odd number of times
  bool refresh = false;         ///< the compositor wants a frame even if nothing has changed
  bool any() const { return resized || focus || fullscreen_key || refresh; }
};

/// What GLFW knows of an output.
struct WindowMonitor {
  std::string name;  ///< "DP-1" where the compositor tells names, otherwise make and model
  Size size;         ///< pixels
  int refresh = 0;   ///< hertz, rounded; 0: unknown
};

class Window {
 public:
  /// Connects, asks what is offered, opens the window and waits until it is configured. In the main
  /// thread, one at a time. Throws Error: compositor; no_output if there is no such monitor.
  explicit Window(const WindowWish& wish);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  WaylandConnection& connection();
  const WaylandGlobals& globals() const;
  /// GLFW's, which destroys it in our destructor: what was made for it goes before.
  wl_surface* surface() const;
  /// Destroys it after the surface: what that may still show. Nothing is dispatched any more then.
  void keep(std::shared_ptr<void> shown);

  /// As of connection(), with GLFW's part done.
  int fd() const;
  std::optional<short> prepare();
  void dispatch();

  /// What a frame that is drawn now is drawn for.
  WindowGeometry geometry() const;
  WindowScale scale() const;
  bool fullscreen() const;
  bool focused() const;
  /// Somebody wants it closed: its button was pressed, or the session ends.
  bool closed() const;
  /// And forgets it.
  WindowNews take_news();
  /// In the order in which they were pressed; a held key counts once.
  std::optional<KeyPress> next_key();

  void set_title(const std::string& title);
  /// The new geometry comes by dispatch(). Fullscreen on `output`; where that is not known
  /// (nullptr) or gone, where the wish says, or on the first monitor. Windowed in the size that it
  /// had last.
  void toggle_fullscreen(const wl_output* output);

  std::vector<WindowMonitor> monitors() const;
  /// "GLFW 3.3.8 Wayland EGL …": for --verbose.
  std::string library() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace drmshow
