#include "show/content_maker.hpp"

#include <utility>

#include "show/make_artist.hpp"

namespace drmshow {

void ContentMaker::start(const Options& options, const Shown& shown,
                         std::vector<ArtistOrder> orders) {
  job_ = {options, {}};
  shown_ = shown;
  forgotten_ = false;
  orders_ = std::move(orders);
  thread_.start({[](void* maker) { static_cast<ContentMaker*>(maker)->make(); }, this});
}

void ContentMaker::make() {
  for (const ArtistOrder& order : orders_) {
    job_.artists.push_back(
        make_artist(job_.options, order.spot, order.format, order.rung, nullptr));
  }
}

bool ContentMaker::is_for(const Shown& shown) const {
  Shown asked = shown_;
  asked.paused = shown.paused;
  return !forgotten_ && asked == shown;
}

std::optional<ContentMaker::Made> ContentMaker::take_finished() {
  if (!thread_.take_finished()) return std::nullopt;
  return std::move(job_);
}

}  // namespace drmshow
