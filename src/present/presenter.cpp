#include "drm-show/presenter.hpp"

#include <numeric>

#include "present/presenter_impl.hpp"
#include "render/cpu/paint.hpp"

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

Presenter::Presenter(const Device& device, const DisplayOptions& display,
                     const PresentOptions& options)
    : impl_{std::make_unique<Impl>(device, display, options)} {}

Presenter::~Presenter() = default;
Presenter::Presenter(Presenter&&) noexcept = default;

std::span<const Output> Presenter::outputs() const {
  return impl_->plan().outputs();
}
std::span<const Stream> Presenter::streams() const {
  return impl_->streams();
}
std::size_t Presenter::stream_of(std::size_t output) const {
  return impl_->head(output).stream;
}
const FrameRing& Presenter::ring(std::size_t stream) const {
  return impl_->stream(stream).ring();
}
std::span<const std::string> Presenter::notes() const {
  return impl_->plan().notes();
}
Api Presenter::api() const {
  return impl_->plan().api();
}
std::vector<std::string> Presenter::describe() const {
  return impl_->setter().describe();
}
std::optional<Refusal> Presenter::test() const {
  return impl_->setter().test();
}

ImageWay Presenter::image_way(std::size_t stream) const {
  return impl_->stream(stream).way();
}

std::optional<Canvas> Presenter::acquire(std::size_t stream) {
  return restoring(*impl_, [&] { return impl_->acquire(stream); });
}

std::optional<Canvas> Presenter::acquire() {
  for (std::size_t i = 0; i < streams().size(); ++i) {
    if (auto canvas = acquire(i)) return canvas;
  }
  return std::nullopt;
}

bool Presenter::submit(const Canvas& canvas, Submission submission) {
  return restoring(*impl_, [&] { return impl_->submit(canvas, std::move(submission)); });
}
bool Presenter::discard(const Canvas& canvas) {
  return impl_->discard(canvas);
}
void Presenter::draw(const Canvas& canvas, const Picture& picture) {
  paint(picture, *canvas.mapping, canvas.format);
}
void Presenter::wait(std::span<pollfd> others, Time until) {
  restoring(*impl_, [&] { impl_->wait(others, until); });
}

void Presenter::rest() {
  impl_->rest();
}
void Presenter::suspend() {
  restoring(*impl_, [&] { impl_->suspend(); });
}
// Not being master yet is no reason to end: the caller tries again.
void Presenter::resume() {
  if (impl_->take_back()) restoring(*impl_, [&] { impl_->resume(); });
}

void Presenter::close() {
  for (std::size_t i = 0; i < streams().size(); ++i) impl_->close(i);
}
void Presenter::close(std::size_t stream) {
  impl_->close(stream);
}
bool Presenter::finished() const {
  for (std::size_t i = 0; i < streams().size(); ++i) {
    if (!impl_->finished(i)) return false;
  }
  return true;
}
bool Presenter::finished(std::size_t stream) const {
  return impl_->finished(stream);
}
int Presenter::restore() noexcept {
  return impl_->restore();
}

std::optional<Canvas> Presenter::on_screen(std::size_t output) const {
  return impl_->on_screen(output);
}
int Presenter::turn_off(std::size_t output) noexcept {
  return impl_->turn_off(output);
}
bool Presenter::lit(std::size_t output) const {
  const Head& head = impl_->head(output);
  return !ring(head.stream).away(head.place);
}
bool Presenter::tears(std::size_t output) const {
  return impl_->head(output).tears;
}
bool Presenter::paced_by_timer(std::size_t output) const {
  return impl_->head(output).pacer.source() == Pacer::Source::timer;
}
Nanoseconds Presenter::period(std::size_t output) const {
  return impl_->head(output).pacer.period();
}
Nanoseconds Presenter::draw_cost(std::size_t output) const {
  return impl_->head(output).pacer.draw_cost();
}
FrameCounts Presenter::counts(std::size_t output) const {
  const Head& head = impl_->head(output);
  return ring(head.stream).counts(head.place);
}
Nanoseconds Presenter::latency(std::size_t output) const {
  return impl_->head(output).last_latency;
}
std::uint64_t Presenter::missed(std::size_t output) const {
  const auto& missed = impl_->head(output).stats.missed;
  return std::accumulate(missed.begin(), missed.end(), std::uint64_t{0});
}
OutputStats Presenter::stats(std::size_t output) const {
  OutputStats stats = impl_->head(output).stats;
  stats.counts = counts(output);
  return stats;
}
UniqueFd Presenter::take_out_fence(std::size_t output) {
  return std::move(impl_->head(output).out_fence);
}

}  // namespace drmshow
