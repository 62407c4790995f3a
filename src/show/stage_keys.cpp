// What keys do.
#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "show/messages.hpp"
#include "show/screenshot.hpp"
#include "show/stage.hpp"

namespace drmshow {

void Stage::press(const KeyPress& key) {
  const Shown before = shown_;
  switch (apply(key, shown_)) {
    case Change::none:
      return;
    case Change::quit:
      over_ = true;
      return;
    case Change::content:
    case Change::overlay:
      return change_content(before);
    case Change::pause:
      if (loop_) loop_->pause(shown_.paused);
      return;
    case Change::mode:
      return next_mode();
    case Change::screenshot:
      return take_screenshots();
  }
}

// A file that cannot be shown is left out; what is on the screen stays there.
void Stage::change_content(const Shown& before) {
  const Options old = options_;
  put_into(shown_, options_);
  if (!loop_) return;
  try {
    loop_->change_content(options_);
    noticed_ = false;
  } catch (const GpuLost&) {
    throw;  // step() takes another one, which shows it
  } catch (const Error& error) {
    say_note(error);
    options_ = old;
    if (shown_.files.empty()) shown_ = before;
  }
}

void Stage::take_screenshots() {
  for (std::size_t i = 0; presenter_ && i < presenter_->outputs().size(); ++i) {
    loop_->ask_for_shot(i);
  }
  if (loop_) save_screenshots();
}

// Those that are there; a GPU draws them first.
void Stage::save_screenshots() {
  while (const auto shot = loop_->take_shot()) {
    try {
      const auto file = save_screenshot(shot->image, options_.screenshot_dir.value_or("."),
                                        presenter_->outputs()[shot->output].name);
      say(options_, "Screenshot: " + file.string());
    } catch (const Error& error) {
      say_note(error);
    }
  }
}

}  // namespace drmshow
