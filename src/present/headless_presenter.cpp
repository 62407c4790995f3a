#include "present/headless_presenter.hpp"

#include <cmath>
#include <utility>

#include "present/poll_until.hpp"
#include "render/cpu/paint.hpp"

namespace drmshow {

class HeadlessPresenter::Memory final : public Surface {
 public:
  Memory(Size size, Format format)
      : size_{size}, format_{format}, mapping_{size, bits_per_pixel(format)} {}
  Size size() const override { return size_; }
  Format format() const override { return format_; }
  const Mapping* mapping() const override { return &mapping_; }
  ScanoutImage* image() const override { return nullptr; }

 private:
  Size size_;
  Format format_;
  Mapping mapping_;
};

std::unique_ptr<Surface> HeadlessPresenter::MemoryMaker::make(const ImageWay& /*way*/, Size size,
                                                              Format format) {
  return std::make_unique<Memory>(size, format);
}

HeadlessPresenter::HeadlessPresenter(HeadlessWish wish, Time begin, const PresentOptions& options)
    : wish_{std::move(wish)},
      begin_{begin},
      output_{.name = "no display",
              .mode = Mode::made_up(wish_.size,
                                    Refresh::from_microhertz(std::llround(wish_.rate * 1e6))),
              .connector = {},
              .crtc = {},
              .plane = {},
              .format = formats::xrgb8888},
      stream_{memory_, 0, {wish_.size, formats::xrgb8888, 1, SlotReturn::flip}, options} {
  stream_.take_way({});
}

std::optional<Canvas> HeadlessPresenter::acquire(std::size_t /*stream*/) {
  if (stream_.had_enough()) return std::nullopt;
  auto canvas = stream_.acquire(Clock::now());
  if (!canvas) return std::nullopt;
  const double seconds = static_cast<double>(canvas->frame.number - 1) / wish_.rate;
  canvas->shows_at =
      begin_ + std::chrono::round<Nanoseconds>(std::chrono::duration<double>{seconds});
  if (!wish_.looked_at(canvas->frame.number)) canvas->mapping = nullptr;
  return canvas;
}

bool HeadlessPresenter::submit(const Canvas& canvas, Submission /*submission*/) {
  const Time now = Clock::now();
  if (!stream_.submit(canvas.frame, {}, now)) return false;
  const auto flip = stream_.next(0);
  if (!flip->modeset) stream_.committed(0, *flip, now);
  const auto how = flip->modeset ? PresentStep::modeset : PresentStep::flip;
  stream_.flipped(0, {.cookie = flip->cookie, .how = how}, now);
  wish_.look(canvas);
  return true;
}

bool HeadlessPresenter::discard(const Canvas& canvas) {
  return stream_.discard(canvas.frame, Clock::now());
}

bool HeadlessPresenter::is_drawing() const {
  const FrameRing& ring = stream_.ring();
  for (int i = 0; i < ring.slots(); ++i) {
    if (ring.use(i) == SlotUse::drawing) return true;
  }
  return false;
}

// Who draws in a thread says so by one of the others; everybody else goes on at once.
void HeadlessPresenter::wait(std::span<pollfd> others, Time until) {
  stream_.waited();
  const Time now = Clock::now();
  poll_until(others, is_drawing() ? until : now, now);
}

void HeadlessPresenter::close(std::size_t /*stream*/) {
  stream_.close(Clock::now());
}
bool HeadlessPresenter::finished(std::size_t /*stream*/) const {
  return stream_.ring().closed() && stream_.ring().drained();
}

std::optional<Canvas> HeadlessPresenter::on_screen(std::size_t /*output*/) const {
  const auto frame = stream_.ring().scanout(0);
  return frame ? std::optional{stream_.canvas(*frame, begin_)} : std::nullopt;
}

// Nothing has to be ready by any time.
OutputState HeadlessPresenter::state(std::size_t /*output*/) const {
  OutputState state;
  state.lit = true;
  state.period = std::chrono::hours{1};
  state.counts = stream_.ring().counts(0);
  return state;
}

OutputStats HeadlessPresenter::stats(std::size_t /*output*/) const {
  OutputStats stats;
  stats.counts = stream_.ring().counts(0);
  return stats;
}

int HeadlessPresenter::restore() noexcept {
  stream_.abort(Clock::now());
  return 0;
}

}  // namespace drmshow
