// What keys do.
#include <utility>

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

// Whoever holds the key down gets as many as can be written.
void Stage::take_screenshots() {
  if (screenshots_ && presenter_ && screenshots_->waiting() > presenter_->outputs().size()) return;
  for (std::size_t i = 0; presenter_ && i < presenter_->outputs().size(); ++i) {
    try {
      auto image = loop_->screenshot(i);
      if (!image) continue;
      if (!screenshots_) screenshots_ = std::make_unique<ScreenshotWriter>();
      screenshots_->add(std::move(*image), options_.screenshot_dir.value_or("."),
                        presenter_->outputs()[i].name);
    } catch (const GpuLost&) {
      throw;
    } catch (const Error& error) {
      say_note(error);
    }
  }
}

template <class Next>
void Stage::say_screenshots(const Next& next) {
  while (screenshots_) {
    try {
      const auto file = next(*screenshots_);
      if (!file) return;
      say(options_, "Screenshot: " + file->string());
    } catch (const Error& error) {
      say_note(error);
    }
  }
}

void Stage::announce_screenshots() {
  say_screenshots([](ScreenshotWriter& writer) { return writer.take_finished(); });
}

void Stage::finish_screenshots() {
  say_screenshots([](ScreenshotWriter& writer) { return writer.wait_for_one(); });
}

}  // namespace drmshow
