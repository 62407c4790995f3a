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
  if (is_read_in_thread()) return read_in_thread(old);
  try {
    loop_->change_content(options_);
    options_before_.reset();
    noticed_ = false;
  } catch (const GpuLost&) {
    throw;  // step() takes another one, which shows it
  } catch (const Error& error) {
    say_note(error);
    options_ = options_before_.value_or(old);
    if (shown_.files.empty()) shown_ = before;
  }
}

bool Stage::is_read_in_thread() const {
  return loop_->drawn_by_cpu() && !options_.files.empty();
}

// Whoever presses keys faster than files are read gets the last one.
void Stage::read_in_thread(const Options& old) {
  if (!options_before_) options_before_ = old;
  if (!maker_) maker_ = std::make_unique<ContentMaker>();
  if (!maker_->busy()) maker_->start(options_, shown_, loop_->orders());
}

// Nobody waits for it any more if a pattern, or other outputs, have come in between.
void Stage::take_what_was_read() {
  if (!maker_) return;
  try {
    auto made = maker_->take_finished();
    if (!made || !options_before_) return;
    if (!loop_) return options_before_.reset();
    if (!maker_->is_for(shown_)) return maker_->start(options_, shown_, loop_->orders());
    loop_->change_content(made->options, std::move(made->artists));
    noticed_ = false;
  } catch (const Error& error) {
    if (!options_before_) return;
    if (loop_ && !maker_->is_for(shown_)) {
      return maker_->start(options_, shown_, loop_->orders());
    }
    say_note(error);
    options_ = *options_before_;
  }
  options_before_.reset();
}

// Whoever holds the key down gets as many as can be written.
void Stage::take_screenshots() {
  if (screenshots_ && presenter_ && screenshots_->waiting() > presenter_->outputs().size()) return;
  for (std::size_t i = 0; presenter_ && i < presenter_->outputs().size(); ++i) {
    loop_->ask_for_shot(i);
  }
  if (loop_) save_screenshots();
}

// Those that are there; a GPU draws them first.
void Stage::save_screenshots() {
  while (auto shot = loop_->take_shot()) {
    try {
      if (!screenshots_) screenshots_ = std::make_unique<ScreenshotWriter>();
      screenshots_->add(std::move(shot->image), options_.screenshot_dir.value_or("."),
                        presenter_->outputs()[shot->output].name);
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
