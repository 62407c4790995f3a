#include "show/window_stage.hpp"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "session/guard.hpp"
#include "session/signals.hpp"
#include "show/content.hpp"
#include "show/frame_size.hpp"
#include "show/messages.hpp"
#include "show/stage.hpp"
#include "show/start_watch.hpp"
#include "wayland/wayland.hpp"
#include "window/peer_name.hpp"
#include "window/wayland_presenter.hpp"
#include "window/window_screen.hpp"

namespace drmshow {
namespace {

constexpr Size usual_size{1280, 720};

std::string title_of(const Options& options) {
  return content_name(options, 0) + " - drm-show";
}

WindowWish window_wish(const Options& options) {
  const auto wished = wished_size(options);
  return {.title = title_of(options),
          .app_id = "drm-show",
          .size = wished ? wished->size : usual_size,
          .may_shrink = !wished,
          .fullscreen = options.fullscreen || !options.outputs.empty(),
          .monitor = options.outputs.empty() ? std::string{} : options.outputs.front()};
}

class WindowStage final : public Stage {
 public:
  WindowStage(const Options& options, FlightRecording& recording)
      : Stage{options, recording},
        start_watch_{std::in_place, signals_.fd(), recording.rescue().from.data()},
        window_{window_wish(options)},
        screen_{window_},
        compositor_{peer_name(window_.fd())},
        title_{title_of(options)} {}
  // What shows and draws goes before the window.
  ~WindowStage() override { static_cast<void>(end_drawing()), Stage::release_previous(); }

  void run();

 private:
  void gather(std::vector<pollfd>& fds) const override {
    fds.push_back({signals_.fd(), POLLIN, 0});
  }
  void handle(std::span<const pollfd> fds) override;
  Time deadline() const override { return end_; }
  bool may_draw() const override { return true; }
  void restart() override { start(); }
  void next_mode() override { window_.toggle_fullscreen(screen_.commits().output()); }
  bool has_keys() const override { return options_.keys; }
  std::string place_of(const Output& output) const override;
  std::string framebuffers_of(std::size_t stream) const override;

  void start_guard();
  void start();
  void look_at_window();
  void renew_title();
  void tell_details() const;

  std::optional<Guard> guard_;
  EndSignals signals_;                     // blocked before there are any threads
  std::optional<StartWatch> start_watch_;  // until run()
  Window window_;
  WindowScreen screen_;
  std::string compositor_;
  std::string title_;          // the window's
  bool title_is_old_ = false;  // a key may have changed it
};

void WindowStage::run() {
  start_watch_.reset();
  tell_details();
  recording_.set("compositor", compositor_);
  if (!prepare(signals_.fd())) return;
  start_guard();
  start();
  begin();
  try {
    while (!over_) step();
  } catch (...) {
    static_cast<void>(finish());
    if (guard_) guard_->dismiss();
    throw;
  }
  const bool finished = finish();
  if (guard_) guard_->dismiss();
  notes_.finish();
  if (!finished) throw_gpu_hangs();
}

// A compositor puts in order what we leave behind, but for the recording.
void WindowStage::start_guard() {
  if (!recording_.rescue().wanted()) return;
  try {
    guard_.emplace(-1, std::nullopt, std::span<const TtySettings>{}, recording_.rescue());
  } catch (const Error& error) {
    // Then it stays in shared memory, where drm-trace finds it as well.
    recording_.error(error);
  }
}

// The first presenter, or the one for another size.
void WindowStage::start() {
  if (!gpu_ && draws_with_vulkan(options_)) {
    const auto& feedback = screen_.feedback();
    gpu_ = open_gpu_studio(
        options_, {.display = nullptr, .compositor = feedback.main_device, .shader = shader_});
  }
  auto presenter = std::make_unique<WaylandPresenter>(screen_, present_options());
  if (!presenter_) say_notes(presenter->notes());
  auto loop = make_loop(*presenter, fmt::format("Wayland · {}", compositor_));
  put_on_stage(std::move(presenter), std::move(loop));
}

void WindowStage::handle(std::span<const pollfd> fds) {
  if (fds[0].revents != 0 || window_.closed()) {
    over_ = true;
    return;
  }
  look_at_window();
}

void WindowStage::look_at_window() {
  const WindowNews news = window_.take_news();
  while (const auto key = window_.next_key()) {
    if (!options_.keys) continue;
    title_is_old_ = true;
    press(*key);
  }
  if (std::exchange(title_is_old_, false)) renew_title();
  if (news.fullscreen_key) next_mode();
  if (static_cast<WaylandPresenter&>(*presenter_).outdated()) {
    quiet_ = quiet_ || noticed();
    start();
  }
}

// After keys only: a frame allocates no memory.
void WindowStage::renew_title() {
  std::string title = title_of(options_);
  if (title == title_) return;
  title_ = std::move(title);
  window_.set_title(title_);
}

std::string WindowStage::place_of(const Output& /*output*/) const {
  const ImageWay way = presenter_->image_way(0);
  const char* const memory = way.rung == ImageRung::copy ? "shared memory" : "dmabufs";
  return fmt::format("Wayland, {}, {}", compositor_, memory);
}

std::string WindowStage::framebuffers_of(std::size_t stream) const {
  const ImageWay way = presenter_->image_way(stream);
  return way.rung == ImageRung::copy ? "shared memory" : to_string(way);
}

void WindowStage::tell_details() const {
  if (options_.verbosity != Verbosity::verbose) return;
  say(options_, "Window: " + window_.library());
  say(options_, "Compositor: " + compositor_ + ": " + window_.globals().offered());
  const std::string& problem = screen_.feedback().problem;
  if (!problem.empty()) say_note("the compositor's list of formats: " + problem);
}

}  // namespace

void run_in_window(const Options& options, FlightRecording& recording) {
  require_wayland();
  WindowStage{options, recording}.run();
}

}  // namespace drmshow
