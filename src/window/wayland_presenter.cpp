#include "window/wayland_presenter.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "present/poll_until.hpp"

namespace drmshow {
namespace {

constexpr std::int64_t usual_millihertz = 60'000;

// A compositor that keeps what it has replaced until it gets the next frame needs one more than a
// display.
constexpr int least_buffers = 3;

std::int64_t millihertz_of(const Window& window) {
  std::int64_t fastest = 0;
  for (const WindowMonitor& monitor : window.monitors()) {
    fastest = std::max<std::int64_t>(fastest, std::int64_t{monitor.refresh} * 1000);
  }
  return fastest > 0 ? fastest : usual_millihertz;
}

PresentOptions for_windows(PresentOptions options) {
  options.buffers = std::max(options.buffers, least_buffers);
  return options;
}

}  // namespace

WaylandPresenter::WaylandPresenter(WindowScreen& screen, const PresentOptions& options)
    : screen_{screen},
      options_{for_windows(options)},
      geometry_{screen.window().geometry()},
      surfaces_{screen, options.images},
      output_{.name = "window",
              .mode = Mode::made_up(geometry_.pixels, Refresh::from_microhertz(
                                                          millihertz_of(screen.window()) * 1000)),
              .connector = {},
              .crtc = {},
              .plane = {},
              .format = formats::xrgb8888},
      stream_{
          surfaces_, 0, {geometry_.pixels, formats::xrgb8888, 1, SlotReturn::release}, options_},
      track_{Nanoseconds{1'000'000'000'000 / millihertz_of(screen.window())},
             Pacer::Source::vblank} {
  choose_way(options.images);
  tears_ = options_.mode == PresentMode::async && screen_.commits().abilities().tearing;
  if (options_.mode == PresentMode::async && !tears_) {
    notes_.emplace_back("the window does not tear: the compositor offers no tearing control");
  }
  if (options_.refresh == RefreshRate::variable) {
    notes_.emplace_back(
        "--vrr: whether a display follows the frames of a window is the compositor's choice");
  }
  fds_.reserve(1 + most_others + 3 * FrameRing::most_slots);
}

WaylandPresenter::~WaylandPresenter() {
  restore();
}

void WaylandPresenter::choose_way(ImageSource* images) {
  if (images) {
    for (const ImageWay& way : ways(*images)) {
      if (!try_way(way)) continue;
      sync_ = screen_.begin_sync();
      return;
    }
  }
  screen_.end_sync();
  stream_.take_way({});
}

// Those of a better tranche come first. Memory of a display is none of ours here.
std::vector<ImageWay> WaylandPresenter::ways(ImageSource& images) const {
  std::vector<ImageWay> all;
  for (const DmabufTranche& tranche : screen_.feedback().tranches) {
    for (const ImageWay& way : images.ways({.size = geometry_.pixels,
                               .planes = {tranche.formats},
                               .others = {},
                               .explicit_modifiers = true})) {
      const bool shared = way.rung != ImageRung::copy && way.rung != ImageRung::display;
      if (shared && std::ranges::find(all, way) == all.end()) all.push_back(way);
    }
  }
  return all;
}

bool WaylandPresenter::try_way(const ImageWay& way) {
  try {
    stream_.take_way(way);
  } catch (const Error& error) {
    if (error.failure() == Failure::compositor) throw;
    return false;
  }
  output_.format = stream_.format();
  return true;
}

const FrameRing& WaylandPresenter::ring(std::size_t stream) const {
  return const_cast<WaylandPresenter&>(*this).stream(stream).ring();
}
ImageWay WaylandPresenter::image_way(std::size_t stream) const {
  return const_cast<WaylandPresenter&>(*this).stream(stream).way();
}

FrameStream& WaylandPresenter::stream(std::size_t index) {
  if (index == 0) return stream_;
  throw Error{Failure::usage, fmt::format("there is no stream number {}", index)};
}

WindowSurface& WaylandPresenter::surface(int slot) {
  return static_cast<WindowSurface&>(stream_.surface(slot));
}

void WaylandPresenter::close(std::size_t index) {
  stream(index).close(Clock::now());
}

std::optional<Canvas> WaylandPresenter::on_screen(std::size_t /*output*/) const {
  const auto frame = stream_.ring().scanout(0);
  if (!frame) return std::nullopt;
  return stream_.canvas(*frame, track_.last ? track_.last->shown : Time{});
}

// What the compositor took and never showed was superseded, by whatever it showed instead.
FrameCounts WaylandPresenter::counts() const {
  FrameCounts counts = stream_.ring().counts(0);
  counts.shown -= discarded_;
  counts.superseded += discarded_;
  return counts;
}

OutputState WaylandPresenter::state(std::size_t /*output*/) const {
  return {.lit = true,
          .tears = tears_,
          .paced_by_timer = track_.pacer.source() == Pacer::Source::timer,
          .period = track_.pacer.period(),
          .draw_cost = track_.pacer.draw_cost(),
          .latency = track_.last_latency,
          .counts = counts(),
          .missed = track_.missed()};
}

OutputStats WaylandPresenter::stats(std::size_t /*output*/) const {
  OutputStats stats = track_.stats;
  stats.held_back = stream_.held_back();
  stats.counts = counts();
  return stats;
}

int WaylandPresenter::restore() noexcept {
  if (std::exchange(ended_, true)) return 0;
  stream_.abort(Clock::now());
  return 0;
}

}  // namespace drmshow
