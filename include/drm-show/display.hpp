// Pictures on displays: from an open device to pixels on the screen, and back to what was there.
//
//   auto device = drmshow::Device::open();
//   drmshow::Display display{device};
//   for (std::size_t i = 0; i < display.outputs().size(); ++i) display.draw(i, picture);
//   display.show();
//
// The destructor brings the previous state back.
#pragma once

#include <concepts>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "drm-show/device.hpp"
#include "drm-show/export.hpp"
#include "drm-show/id.hpp"
#include "drm-show/mode.hpp"
#include "drm-show/picture.hpp"
#include "drm-show/saved_screen.hpp"
#include "drm-show/snapshot.hpp"
#include "drm-show/strictness.hpp"

namespace drmshow {

struct DisplayOptions {
  /// Connector names ("DP-1"); empty for every connected output.
  std::vector<std::string> outputs;
  /// "preferred", "highest", "1920x1080", "1920x1080@59.94", "#3": see drm-show(1), --mode.
  std::string mode = "preferred";
  /// Modes for single outputs, "OUTPUT:MODE" ("DP-1:1920x1080@50"); `mode` is for the others.
  std::vector<std::string> output_modes;
  Strictness strictness = Strictness::refuse;
  /// Property settings, "[OUTPUT:]connector|crtc|plane.PROPERTY=VALUE": see drm-show(1), --set.
  std::vector<std::string> settings;
  /// What was there before us, if that is to outlive this display; else it has one of its own.
  SavedScreen* saved = nullptr;
  /// Api::legacy to do without atomic mode setting; atomic wherever the driver has it if not given.
  std::optional<Api> api;
};

/// An output as it will be driven.
struct Output {
  std::string name;
  Mode mode;
  ConnectorId connector;
  CrtcId crtc;
  PlaneId plane;  ///< none with Api::legacy
  Format format;  ///< of its framebuffer
};

/// Why the driver will not do it.
struct Refusal {
  int errnum = 0;
  std::vector<std::string> account;          ///< which output and property is to blame, in words
  std::vector<std::string> kernel_messages;  ///< DRM's own debug messages, if we may read them
};

class DRMSHOW_API Display {
 public:
  /// Becomes DRM master, chooses outputs, modes, CRTCs and planes, and allocates a framebuffer for
  /// each output. Nothing changes on the screen yet. `device` must outlive the Display and stay
  /// where it is.
  /// Throws Error: master_taken, no_output, mode_refused (no such mode), usage (bad option).
  explicit Display(const Device& device, const DisplayOptions& options = {});
  explicit Display(Device&&, const DisplayOptions& = {}) = delete;  // it would be gone at once
  /// restore()s what show() changed.
  ~Display();
  Display(Display&&) noexcept;
  Display& operator=(Display&&) = delete;

  std::span<const Output> outputs() const;
  /// outputs()[index]. Throws Error (usage) if there is none.
  const Output& output(std::size_t index) const;
  /// What to tell the user: wished outputs that the hardware cannot light at the same time, and
  /// why.
  std::span<const std::string> notes() const;
  /// The mode-setting interface in use.
  Api api() const;
  /// What show() will change, a line for each property.
  std::vector<std::string> describe() const;

  /// Draws into the framebuffer of output `index`; the picture must have the size of its mode. Show
  /// it with show(), also after the first time: some drivers copy framebuffers only then.
  void draw(std::size_t index, const Picture& picture);

  /// The same with a function that fills line `y`: draw(0, [](int y, std::span<Pixel> row) {…}).
  template <std::invocable<int, std::span<Pixel>> DrawRow>
  void draw(std::size_t index, const DrawRow& draw_row);

  /// Asks the driver whether it would do it (TEST_ONLY): nullopt if so. With Api::legacy there is
  /// no way to ask: always nullopt.
  std::optional<Refusal> test() const;
  /// Sets modes and shows what was drawn, on all outputs at once; returns when the pictures are
  /// being scanned out. Throws Error: mode_refused with the account of the refusal, device_lost,
  /// master_taken.
  void show();
  /// Brings back what was there before show(). Returns 0 or an errno; does nothing the second time.
  int restore() noexcept;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

template <std::invocable<int, std::span<Pixel>> DrawRow>
void Display::draw(std::size_t index, const DrawRow& draw_row) {
  draw(index, DrawnPicture{output(index).mode.size(), draw_row});
}

}  // namespace drmshow
