#include "drm-show/kms_presenter.hpp"

#include <utility>

#include "present/kms_presenter_impl.hpp"

namespace drmshow {
namespace {

// Whatever fails while something is shown: first the screen comes back, then the caller is told.
template <class Impl, class Call>
auto restoring(Impl& impl, const Call& call) {
  try {
    return call();
  } catch (...) {
    impl.restore();
    throw;
  }
}

}  // namespace

KmsPresenter::KmsPresenter(const Device& device, const DisplayOptions& display,
                           const PresentOptions& options)
    : impl_{std::make_unique<Impl>(device, display, options)} {}

KmsPresenter::~KmsPresenter() = default;

std::span<const Output> KmsPresenter::outputs() const {
  return impl_->plan().outputs();
}
std::span<const Stream> KmsPresenter::streams() const {
  return impl_->streams();
}
const FrameRing& KmsPresenter::ring(std::size_t stream) const {
  return impl_->stream(stream).ring();
}
std::span<const std::string> KmsPresenter::notes() const {
  return impl_->plan().notes();
}
Api KmsPresenter::api() const {
  return impl_->plan().api();
}
std::vector<std::string> KmsPresenter::describe() const {
  return impl_->setter().describe();
}
std::optional<Refusal> KmsPresenter::test() const {
  return impl_->setter().test();
}

ImageWay KmsPresenter::image_way(std::size_t stream) const {
  return impl_->stream(stream).way();
}

std::optional<Canvas> KmsPresenter::acquire(std::size_t stream) {
  return restoring(*impl_, [&] { return impl_->acquire(stream); });
}

bool KmsPresenter::submit(const Canvas& canvas, Submission submission) {
  return restoring(*impl_, [&] { return impl_->submit(canvas, std::move(submission)); });
}
bool KmsPresenter::discard(const Canvas& canvas) {
  return impl_->discard(canvas);
}
void KmsPresenter::wait(std::span<pollfd> others, Time until) {
  restoring(*impl_, [&] { impl_->wait(others, until); });
}

void KmsPresenter::rest() {
  impl_->rest();
}
void KmsPresenter::suspend() {
  restoring(*impl_, [&] { impl_->suspend(); });
}
// Not being master yet is no reason to end: the caller tries again.
void KmsPresenter::resume() {
  if (impl_->take_back()) restoring(*impl_, [&] { impl_->resume(); });
}

void KmsPresenter::close(std::size_t stream) {
  impl_->close(stream);
}
bool KmsPresenter::finished(std::size_t stream) const {
  return impl_->finished(stream);
}
int KmsPresenter::restore() noexcept {
  return impl_->restore();
}

std::optional<Canvas> KmsPresenter::on_screen(std::size_t output) const {
  return impl_->on_screen(output);
}
int KmsPresenter::turn_off(std::size_t output) noexcept {
  return impl_->turn_off(output);
}
OutputState KmsPresenter::state(std::size_t output) const {
  const Head& head = impl_->head(output);
  const FrameRing& ring = this->ring(head.stream);
  return {.lit = !ring.away(head.place),
          .tears = head.tears,
          .paced_by_timer = head.pacer.source() == Pacer::Source::timer,
          .period = head.pacer.period(),
          .draw_cost = head.pacer.draw_cost(),
          .latency = head.last_latency,
          .counts = ring.counts(head.place),
          .missed = head.missed()};
}
OutputStats KmsPresenter::stats(std::size_t output) const {
  const Head& head = impl_->head(output);
  OutputStats stats = head.stats;
  stats.held_back = impl_->stream(head.stream).held_back();
  stats.counts = counts(output);
  return stats;
}
UniqueFd KmsPresenter::take_out_fence(std::size_t output) {
  return std::move(impl_->head(output).out_fence);
}

}  // namespace drmshow
