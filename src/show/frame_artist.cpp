#include "show/frame_artist.hpp"

#include <utility>

namespace drmshow {

FrameArtist::FrameArtist(std::unique_ptr<Artist> artist)
    : artist_{std::move(artist)},
      measures_{artist_->may_wait()},
      paint_time_{unknown_paint_time()} {}

void FrameArtist::record_in(FlightRecording& recording, std::uint8_t stream) {
  recording_ = &recording;
  record_.stream = stream;
}

void FrameArtist::set(const Canvas& canvas, const Moment& moment) {
  artist_->set(canvas, moment);
  record_.slot = canvas.frame.slot;
  record_.frame = canvas.frame.number;
  record_.by_gpu = 0;
}

void FrameArtist::paint() {
  if (FlightRecording* const recording = recording_) {
    recording->drawing(RecordTag::draw_begin, record_);
  }
  const Time begun = measures_ ? Clock::now() : Time{};
  drawn_ = artist_->draw();
  if (measures_ && !artist_->was_special()) paint_time_ = Clock::now() - begun;
  record_.by_gpu = drawn_.kind == RenderFence::none ? 0 : 1;
  if (FlightRecording* const recording = recording_) {
    recording->drawing(RecordTag::draw_end, record_);
  }
}

Drawn FrameArtist::draw(const Canvas& canvas, const Moment& moment) {
  set(canvas, moment);
  paint();
  return std::move(drawn_);
}

void FrameArtist::start(const Canvas& canvas, const Moment& moment) {
  if (!thread_) thread_ = std::make_unique<WorkThread>("draw");
  set(canvas, moment);
  thread_->start({[](void* artist) { static_cast<FrameArtist*>(artist)->paint(); }, this});
}

std::optional<Drawn> FrameArtist::take_finished() {
  if (!thread_ || !thread_->take_finished()) return std::nullopt;
  return std::move(drawn_);
}

bool FrameArtist::leave() {
  if (!idle()) return false;
  if (!artist_ || !thread_) return true;
  thread_->start({[](void* self) { static_cast<FrameArtist*>(self)->artist_.reset(); }, this});
  return false;
}

void FrameArtist::start_reading(const Canvas& canvas, const Moment& moment) {
  if (!thread_) thread_ = std::make_unique<WorkThread>("draw");
  to_read_ = canvas;
  read_moment_ = moment;
  const auto read = [](void* context) {
    auto& self = *static_cast<FrameArtist*>(context);
    self.read_ = self.artist_->read(self.to_read_, self.read_moment_);
  };
  thread_->start({read, this});
}

std::optional<RgbImage> FrameArtist::take_read() {
  if (!thread_ || !thread_->take_finished()) return std::nullopt;
  return std::move(read_);
}

}  // namespace drmshow
