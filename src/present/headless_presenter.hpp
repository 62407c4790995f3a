// Frames that nobody shows: each is over as soon as it is drawn, and the next one shows the time of
// the next. For files, and to see how fast frames are drawn.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "drm-show/presenter.hpp"
#include "present/frame_stream.hpp"
#include "present/frame_track.hpp"

namespace drmshow {

struct HeadlessWish {
  Size size;
  double rate = 60;  ///< of the times that frames show, a second
  /// Frames that are looked at have memory; the others have neither memory nor image, so that a
  /// GPU keeps what it draws. Called with the number of each, from 1.
  std::function<bool(std::uint64_t number)> looked_at;
  /// Called with each frame that is drawn.
  std::function<void(const Canvas& canvas)> look;
};

class HeadlessPresenter final : public Presenter {
 public:
  /// The first frame shows `begin`. What `wish.look` throws comes out of submit().
  HeadlessPresenter(HeadlessWish wish, Time begin, const PresentOptions& options);

  std::span<const Output> outputs() const override { return {&output_, 1}; }
  std::span<const Stream> streams() const override { return {&public_stream_, 1}; }
  const FrameRing& ring(std::size_t /*stream*/) const override { return stream_.ring(); }
  ImageWay image_way(std::size_t /*stream*/) const override { return stream_.way(); }
  using Presenter::acquire;
  std::optional<Canvas> acquire(std::size_t stream) override;
  using Presenter::submit;
  bool submit(const Canvas& canvas, Submission submission) override;
  bool discard(const Canvas& canvas) override;
  void wait(std::span<pollfd> others = {}, Time until = Time::max()) override;
  void rest() override {}
  using Presenter::close;
  void close(std::size_t stream) override;
  using Presenter::finished;
  bool finished(std::size_t stream) const override;
  std::optional<Canvas> on_screen(std::size_t output) const override;
  OutputState state(std::size_t output) const override;
  OutputStats stats(std::size_t output) const override;
  int restore() noexcept override;

 private:
  /// Plain memory.
  class Memory;
  class MemoryMaker final : public SurfaceMaker {
   public:
    std::unique_ptr<Surface> make(const ImageWay& way, Size size, Format format) override;
  };

  bool is_drawing() const;

  HeadlessWish wish_;
  Time begin_;
  Output output_;
  Stream public_stream_{{0}};
  MemoryMaker memory_;
  FrameStream stream_;
};

}  // namespace drmshow
