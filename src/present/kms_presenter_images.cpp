// What the framebuffers are made of: dumb buffers, or images of somebody else's in the best way
// that the display driver takes.
#include <algorithm>

#include "drm-show/error.hpp"
#include "present/kms_presenter_impl.hpp"

namespace drmshow {
namespace {

constexpr ImageWay dumb_buffers{};

bool is_last(const ImageLadder& ladder) {
  return ladder.place + 1 >= ladder.ways.size();
}

}  // namespace

void KmsPresenter::Impl::choose_ways() {
  for (std::size_t i = 0; i < streams_.size(); ++i) {
    ImageLadder& ladder = ladders_.emplace_back();
    const auto& outputs = public_streams_[i].outputs;
    if (options_.images) ladder.ways = options_.images->ways(plan_.scanout_wish(outputs));
    std::erase_if(ladder.ways, [](const ImageWay& way) { return way.rung == ImageRung::copy; });
    ladder.ways.push_back(dumb_buffers);
    while (!try_way(i)) ++ladder.place;
  }
  while (streams_.size() > 1 && !work_together()) step_down();
}

// Dumb buffers are taken as they are: if they are refused, the user is told why by test().
bool KmsPresenter::Impl::try_way(std::size_t stream) {
  const ImageLadder& ladder = ladders_[stream];
  const ImageWay& way = ladder.ways[ladder.place];
  const auto& outputs = public_streams_[stream].outputs;
  try {
    streams_[stream].take_way(way);
  } catch (const Error&) {
    if (is_last(ladder)) throw;
    return false;
  }
  for (const std::size_t output : outputs) {
    plan_.set_framebuffer(output, framebuffer(streams_[stream], 0));
    plan_.set_format(output, streams_[stream].format());
  }
  return is_last(ladder) || plan_.would_light(outputs);
}

// What each alone can do may be too much for all: memory bandwidth, say.
bool KmsPresenter::Impl::work_together() const {
  const bool all_last = std::ranges::all_of(ladders_, is_last);
  return all_last || plan_.make_setter()->would_work();
}

void KmsPresenter::Impl::step_down() {
  std::size_t first = 0;
  while (is_last(ladders_[first])) ++first;
  for (std::size_t i = first; i < ladders_.size(); ++i) {
    if (!is_last(ladders_[i]) && ladders_[i].place < ladders_[first].place) first = i;
  }
  do {
    ++ladders_[first].place;
  } while (!try_way(first));
}

}  // namespace drmshow
