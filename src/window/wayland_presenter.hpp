// Frames in a window: the same ring as on displays, but that the compositor says when a framebuffer
// is free again, and when it wants the next frame.
//
// A flip is over at the frame callback: the compositor has taken the frame, and it is time for the
// next. When a frame came onto the screen is told by its presentation feedback, where there is any.
// A hidden window has no frame callbacks, so that nothing is committed, and soon nothing drawn.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "drm-show/presenter.hpp"
#include "present/frame_stream.hpp"
#include "present/frame_track.hpp"
#include "window/window_screen.hpp"
#include "window/window_surface.hpp"

namespace drmshow {

class WaylandPresenter final : public Presenter {
 public:
  /// For the window in its present size; `screen` outlives it. Throws Error: compositor, usage (a
  /// number of buffers that is not possible).
  WaylandPresenter(WindowScreen& screen, const PresentOptions& options);
  /// restore()s.
  ~WaylandPresenter() override;

  std::span<const Output> outputs() const override { return {&output_, 1}; }
  std::span<const Stream> streams() const override { return {&public_stream_, 1}; }
  const FrameRing& ring(std::size_t stream) const override;
  ImageWay image_way(std::size_t stream) const override;
  using Presenter::acquire;
  std::optional<Canvas> acquire(std::size_t stream) override;
  using Presenter::submit;
  bool submit(const Canvas& canvas, Submission submission) override;
  bool discard(const Canvas& canvas) override;
  void wait(std::span<pollfd> others = {}, Time until = Time::max()) override;
  void rest() override { track_.forget_last(); }
  using Presenter::close;
  void close(std::size_t stream) override;
  using Presenter::finished;
  bool finished(std::size_t stream) const override;
  std::optional<Canvas> on_screen(std::size_t output) const override;
  OutputState state(std::size_t output) const override;
  OutputStats stats(std::size_t output) const override;
  /// There was nothing before: it only ends. What it showed last stays until the next one's first
  /// frame, or the window goes.
  int restore() noexcept override;

  /// The window has another size than this was made for: nothing is committed any more.
  bool outdated() const { return screen_.window().geometry() != geometry_; }
  /// Wishes that the compositor cannot fulfil.
  std::span<const std::string> notes() const { return notes_; }

 private:
  /// A commit of which the compositor has not told everything.
  struct Flight {
    std::uint64_t number = 0;  // the commit's cookie; 0: this is free
    std::uint64_t cookie = 0;  // the ring's
    Frame ring_frame;
    ShownFrame frame{};
    Time taken{};         // when its frame callback came; Time{}: it has not
    bool seen = false;    // presented or discarded has, or will not
    bool unseen = false;  // discarded has
  };

  // wayland_presenter.cpp
  FrameStream& stream(std::size_t index);
  void choose_way(ImageSource* images);
  std::vector<ImageWay> ways(ImageSource& images) const;
  bool try_way(const ImageWay& way);
  WindowSurface& surface(int slot);
  FrameCounts counts() const;

  // wayland_presenter_frames.cpp
  Time draw_time(Time now) const;
  Time foreseen(Time now) const;
  bool hidden(Time now) const;
  bool commits_late() const;
  Time commit_time(int slot, Time now) const;
  void serve(Time now);
  void commit(Time now);
  bool hand_over_fence(const Flip& flip);
  bool send(const Flip& flip, Time now);
  void note_sent(const Flip& flip, std::uint64_t number, Time now);
  CommitWishes wishes(int slot) const;
  Flight& free_flight();

  // wayland_presenter_wait.cpp
  Time next_deadline(Time now) const;
  void gather_fds(std::span<const pollfd> others, short display_events);
  void poll(std::span<pollfd> others, Time until);
  void handle_events(Time now);
  void handle(const WindowEvent& event, Time now);
  void note_presented(Flight& flight, const ShownAt& at, Time now);
  void note_shown(Flight& flight, const ShownAt& at, Time now);
  void note_discarded(Flight& flight, Time now);
  void stop_waiting_for_feedback(Time now);
  void note_release(std::uint64_t number, Time now);
  void look_at_readers(Time now);
  void look_at_points(Time now);
  void release(int slot, Time now);
  bool anything_in_flight(Time now) const;

  WindowScreen& screen_;
  PresentOptions options_;
  WindowGeometry geometry_;
  WindowSurfaceMaker surfaces_;
  FrameSync* sync_ = nullptr;  // the screen's; set by choose_way()
  Output output_;
  Stream public_stream_{{0}};
  FrameStream stream_;
  FrameTrack track_;
  std::array<Flight, SurfaceCommits::most_pending> flights_{};
  // Of slots that were released, but that a GPU still reads.
  std::array<UniqueFd, FrameRing::most_slots> readers_;
  std::vector<pollfd> fds_;  // room for all from the beginning
  std::vector<std::string> notes_;
  std::uint64_t discarded_ = 0;   // of those whose flips are over: the ring counts them as shown
  Time committed_{};              // of what is pending
  Time commit_by_ = Time::max();  // set when a commit is planned late; cleared when it is made
  Time retry_at_ = Time::min();   // set when a commit has to wait
  bool tears_ = false;
  bool ended_ = false;  // set by restore()
};

}  // namespace drmshow
