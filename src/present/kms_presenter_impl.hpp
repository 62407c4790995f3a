// Inside of a Presenter: streams of framebuffers, heads that show them, and one poll.
//
// Decisions are made elsewhere, in pure code: what to show (FrameRing), when (Pacer), what a
// refusal means (commit_ladder), when a flip is lost (FlipWatch). This asks them and does what they
// say.
#pragma once

#include <array>
#include <vector>

#include "drm-show/kms_presenter.hpp"
#include "drm/flip_events.hpp"
#include "drm/uevents.hpp"
#include "present/display_plan.hpp"
#include "present/frame_stream.hpp"
#include "present/head.hpp"
#include "present/kms_surface.hpp"
#include "present/saved_or_own.hpp"

namespace drmshow {

/// Ways to make the framebuffers of a stream, and the one that was taken, or is being tried.
struct ImageLadder {
  std::vector<ImageWay> ways;  ///< the last is dumb buffers
  std::size_t place = 0;
};

class KmsPresenter::Impl {
 public:
  Impl(const Device& device, const DisplayOptions& display, const PresentOptions& options);
  ~Impl() { restore(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  const DisplayPlan& plan() const { return plan_; }
  const ModeSetter& setter() const { return *setter_; }
  std::span<const Stream> streams() const { return public_streams_; }
  const FrameStream& stream(std::size_t index) const;
  const Head& head(std::size_t output) const;
  Head& head(std::size_t output) { return const_cast<Head&>(std::as_const(*this).head(output)); }

  std::optional<Canvas> acquire(std::size_t stream);
  bool submit(const Canvas& canvas, Submission submission);
  bool discard(const Canvas& canvas);
  void wait(std::span<pollfd> others, Time until);
  void close(std::size_t stream);
  bool finished(std::size_t stream) const;
  void rest();
  std::optional<Canvas> on_screen(std::size_t output) const;
  int turn_off(std::size_t output) noexcept;
  void suspend();
  bool take_back();
  void resume();
  int restore() noexcept;

 private:
  // kms_presenter_images.cpp
  void choose_ways();
  bool try_way(std::size_t stream);
  bool work_together() const;
  void step_down();

  // kms_presenter_make.cpp
  void make_streams();
  void make_stream(std::vector<std::size_t> outputs);
  void make_head(std::size_t output, std::size_t stream, int place);
  void wish_variable_refresh();
  bool may_vary(std::size_t output) const;
  bool may_tear(std::size_t output, const Flipper& flipper);

  // kms_presenter_commit.cpp
  static FramebufferId framebuffer(const FrameStream& stream, int slot) {
    return static_cast<const KmsSurface&>(stream.surface(slot)).framebuffer();
  }
  FrameStream& stream_of(const Head& head) { return streams_[head.stream]; }
  const FrameStream& stream_of(const Head& head) const { return streams_[head.stream]; }
  void serve(Time now);
  void serve(Head& head, Time now);
  void light_up(Time now);
  void set_modes(std::span<Head* const> heads, Time now);
  void flip(Head& head, Time now);
  void note_lit(Head& head, const Flip& flip, Time now);
  static FlipKind kind_of_flip(const Head& head) {
    return head.tears ? FlipKind::async : FlipKind::synchronous;
  }
  std::uint16_t modeset_flags() const;
  std::uint16_t flags_of(const Head& head, const Flip& flip) const;
  FlipRequest flip_request(const Head& head, const Flip& flip) const;
  void refused(Head& head, const Flip& flip, CommitContext context, int errnum, Time now);
  void flip_again(Head& head, Time now);
  void restate(Head& head, int errnum, Time now);
  void wait_a_little(Head& head, int errnum, Time now);
  bool commits_late(const Head& head) const;
  Time commit_time(const Head& head, int slot, Time now) const;

  // kms_presenter_away.cpp
  void lose_master(int errnum, Time now);
  void leave_all(int errnum, Time now);
  void all_off(Time now);
  void settle();
  bool flips_pending() const;
  void try_to_resume(Time now);
  void come_back(Time now);

  // kms_presenter_frames.cpp
  Time draw_time(std::size_t stream, Time now) const;
  Time foreseen(std::size_t stream, Time now) const;

  // kms_presenter_wait.cpp
  Time next_deadline(Time now) const;
  std::size_t gather_fds(std::span<pollfd> others);

  // kms_presenter_watch.cpp
  void handle_events(int errnum, Time now);
  void believe_out_fence(Head& head, Time now);
  void handle(const FlipEvent& event, Time now);
  void read_uevents(Time now);
  void throw_if_removed(const pollfd& polled) const;
  void look_at_cables(const Snapshot& snapshot, Time now);
  void enter(Head& head, Time now);
  void look_after_flips(Time now);
  void look_for_lost_flip(Head& head, Time now);
  [[noreturn]] void give_up(const Head& head, const std::string& what, int errnum);
  std::uint64_t user_data(const Head& head, std::uint64_t cookie) const;

  const Device& device_;
  PresentOptions options_;
  Uevents uevents_;  // listens before the plan looks at cables
  SavedOrOwn saved_;
  DisplayPlan plan_;
  KmsSurfaceMaker surfaces_;
  std::vector<FrameStream> streams_;
  std::vector<ImageLadder> ladders_;  // of each stream
  std::vector<Head> heads_;           // in the order of the outputs
  std::vector<Stream> public_streams_;
  std::unique_ptr<ModeSetter> setter_;
  FlipEvents events_;
  std::vector<pollfd> fds_;       // room for all from the beginning
  std::vector<Head*> to_light_;   // likewise
  std::uint64_t generation_;      // of presenters on any device: marks our events
  Time resume_at_ = Time::max();  // set by lose_master(), cleared when we are master again
  bool suspended_ = false;        // set by suspend(), cleared by resume()
  bool news_ = false;   // set where something changes outside of wait()'s poll, cleared by wait()
  bool lit_ = false;    // set by light_up()
  bool ended_ = false;  // set by restore()
};

}  // namespace drmshow
