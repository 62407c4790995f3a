#include <atomic>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "present/kms_presenter_impl.hpp"
#include "present/poll_until.hpp"

namespace drmshow {
namespace {

std::uint64_t next_generation() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

Nanoseconds period_of(const Mode& mode) {
  constexpr std::int64_t nominal_mhz = 60'000;  // where the driver left the totals 0
  const std::int64_t mhz = mode.refresh().millihertz();
  return Nanoseconds{1'000'000'000'000 / (mhz > 0 ? mhz : nominal_mhz)};
}

}  // namespace

KmsPresenter::Impl::Impl(const Device& device, const DisplayOptions& display,
                         const PresentOptions& options)
    : device_{device},
      options_{options},
      saved_{device, display.saved},
      plan_{device, display, saved_.impl()},
      surfaces_{device, options.images},
      generation_{next_generation()} {
  if (options_.refresh == RefreshRate::variable) wish_variable_refresh();
  make_streams();
  choose_ways();
  setter_ = plan_.make_setter();
  fds_.reserve(2 + streams_.size() * FrameRing::most_slots + most_others);
  to_light_.reserve(heads_.size());
}

void KmsPresenter::Impl::wish_variable_refresh() {
  for (std::size_t i = 0; i < plan_.outputs().size(); ++i) {
    if (may_vary(i)) {
      AtomicRequest on;
      on.set(*plan_.candidates()[i].plan.route.crtc, props::vrr_enabled, true);
      plan_.add_setting(i, on.writes().front());
      continue;
    }
    plan_.add_note(fmt::format("{} keeps a fixed refresh rate: its driver or monitor has no VRR",
                               plan_.outputs()[i].name));
  }
}

// Mirrored outputs are those with modes of the same size.
void KmsPresenter::Impl::make_streams() {
  const auto outputs = plan_.outputs();
  std::vector<bool> taken(outputs.size());
  heads_.reserve(outputs.size());
  streams_.reserve(outputs.size());
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (taken[i]) continue;
    std::vector<std::size_t> together{i};
    for (std::size_t j = i + 1; options_.sharing == Sharing::mirrored && j < outputs.size(); ++j) {
      if (taken[j] || outputs[j].mode.size() != outputs[i].mode.size()) continue;
      if (together.size() == std::size_t{FrameRing::most_outputs}) break;
      taken[j] = true;
      together.push_back(j);
    }
    make_stream(std::move(together));
  }
  std::ranges::sort(heads_, {}, &Head::output);
}

void KmsPresenter::Impl::make_stream(std::vector<std::size_t> outputs) {
  const Output& first = plan_.outputs()[outputs.front()];
  const std::size_t index = streams_.size();
  const FrameStream::Shape shape{first.mode.size(), first.format, static_cast<int>(outputs.size())};
  streams_.emplace_back(surfaces_, static_cast<std::uint8_t>(index), shape, options_);
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    make_head(outputs[i], index, static_cast<int>(i));
  }
  public_streams_.push_back({std::move(outputs)});
}

void KmsPresenter::Impl::make_head(std::size_t output, std::size_t stream, int place) {
  const Candidate& candidate = plan_.candidates()[output];
  const Flipper flipper{device_, candidate.plan.route, plan_.api()};
  const bool tears = may_tear(output, flipper);
  if (!flipper.takes_fences() || tears) streams_[stream].keep_fences();
  const auto source = tears || may_vary(output) ? Pacer::Source::immediate : Pacer::Source::vblank;
  heads_.emplace_back(output, stream, place, flipper, period_of(candidate.plan.mode), source);
  heads_.back().tears = tears;
}

bool KmsPresenter::Impl::may_vary(std::size_t output) const {
  const Route& route = plan_.candidates()[output].plan.route;
  return options_.refresh == RefreshRate::variable && plan_.api() == Api::atomic &&
         route.connector->properties.value(props::vrr_capable.name).value_or(0) != 0 &&
         route.crtc->properties.find(props::vrr_enabled.name);
}

bool KmsPresenter::Impl::may_tear(std::size_t output, const Flipper& flipper) {
  if (options_.mode != PresentMode::async) return false;
  if (flipper.can_tear()) return true;
  plan_.add_note(
      fmt::format("{} does not tear: {} has no asynchronous flips, frames are shown at "
                  "vertical blanks",
                  plan_.outputs()[output].name, device_.label()));
  return false;
}

}  // namespace drmshow
