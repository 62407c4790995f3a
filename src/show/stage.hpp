// drm-show from the first picture to the last: what is shown, what keys change about it, GPUs that
// get lost, statistics. Where it is shown is for those who derive from it to know: on displays
// (KmsStage) or in a window (WindowStage).
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <poll.h>

#include "drm-show/gpu_lost.hpp"
#include "drm-show/presenter.hpp"
#include "show/content_maker.hpp"
#include "show/control.hpp"
#include "show/frame_loop.hpp"
#include "show/present_notes.hpp"
#include "show/screenshot_writer.hpp"
#include "show/stats_book.hpp"

namespace drmshow {

class Stage {
 public:
  /// `recording` outlives it.
  Stage(const Options& options, FlightRecording& recording);
  virtual ~Stage() = default;
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

 protected:
  /// What is to be listened to, besides the presenter.
  virtual void gather(std::vector<pollfd>& fds) const = 0;
  /// The same descriptors, and what has come: reads it and does it.
  virtual void handle(std::span<const pollfd> fds) = 0;
  /// When to handle() though nothing has come.
  virtual Time deadline() const = 0;
  /// What is drawn now is shown.
  virtual bool may_draw() const = 0;
  /// Another presenter and another GPU: the one before was lost. Throws Error; GpuLost if that is
  /// lost, too.
  virtual void restart() = 0;
  /// The key m.
  virtual void next_mode() = 0;
  virtual bool has_keys() const = 0;
  /// For people, in brackets behind its mode: "card0, CRTC 33".
  virtual std::string place_of(const Output& output) const = 0;
  /// What the framebuffers of a stream are made of, for people.
  virtual std::string framebuffers_of(std::size_t stream) const;
  /// The old presenter's framebuffers are not needed on the screen any more.
  virtual void release_previous();

  // stage.cpp
  /// What takes long before there is anything to show: shaders are compiled. False if `end` becomes
  /// readable before that is done. Throws Error (bad_content, gpu).
  bool prepare(int end);
  /// From here on the time counts.
  void begin();
  void step();
  PresentOptions present_options();
  /// `where`: for test patterns, "vkms · card0".
  std::unique_ptr<FrameLoop> make_loop(Presenter& presenter, std::string where) const;
  /// What is shown is said once it is lit, unless quiet_ is set then.
  void put_on_stage(std::unique_ptr<Presenter> presenter, std::unique_ptr<FrameLoop> loop);
  void end_presenter();
  /// All is over: what there is to tell. False if the GPU does not come to an end with what it
  /// draws: it is left at work, and the process ends without it (end_without_waiting()).
  bool finish();
  /// The part of it that tells nothing.
  bool end_drawing();

  /// That all is lit was noticed.
  bool noticed() const { return noticed_; }

  // stage_keys.cpp
  void press(const KeyPress& key);

  Options options_;  // keys change what is shown
  Shown shown_;
  FlightRecording& recording_;
  PresentNotes notes_;
  StatsBook stats_;
  std::shared_ptr<CompiledShader> shader_;  // set by prepare(); nullptr without a file
  std::shared_ptr<GpuStudio> gpu_;          // who draws, if that is Vulkan

 private:
  // What is still on the screen is made with one of them: they end after all presenters.
  std::vector<std::shared_ptr<GpuStudio>> lost_gpus_;
  std::vector<std::shared_ptr<GpuStudio>> unused_gpus_;  // and these when they are done
  /// A loop whose frames are still being drawn, and what they are drawn into.
  struct Leaving {
    std::shared_ptr<Presenter> presenter;
    std::unique_ptr<FrameLoop> loop;
  };
  std::vector<Leaving> leaving_;

 protected:
  std::shared_ptr<Presenter> presenter_;  // none while no output is there
  std::unique_ptr<FrameLoop> loop_;       // its frames
  std::shared_ptr<Presenter> previous_;   // keeps its framebuffers until the next one is lit
  Time end_ = Time::max();                // set by begin()
  bool quiet_ = false;                    // do not say again what is shown; see put_on_stage()
  bool over_ = false;

 private:
  void look_around();
  bool let_go();
  bool all_let_go();
  void leave_gpu_behind();
  void replace_gpu(const GpuLost& loss);
  void note_gpu_loss(const GpuLost& loss);
  void announce();
  void say_who_draws() const;
  std::vector<std::uint64_t> frames_shown(const Presenter& presenter) const;

  // stage_keys.cpp
  void change_content(const Shown& before);
  bool is_read_in_thread() const;
  void read_in_thread(const Options& old);
  void take_what_was_read();
  void take_screenshots();
  void save_screenshots();
  template <class Next>
  void say_screenshots(const Next& next);
  void announce_screenshots();
  void finish_screenshots();

  AnimationClock clock_;
  std::vector<pollfd> fds_;
  std::unique_ptr<ScreenshotWriter> screenshots_;  // made when there is a first one
  std::unique_ptr<ContentMaker> maker_;            // the same with a key that asks for a file
  std::optional<Options> options_before_;          // what is shown until that is read
  Time gpu_lost_at_{};
  int gpu_losses_ = 0;       // of which each came soon after the one before
  bool noticed_ = false;     // that all is lit
  bool introduced_ = false;  // how to end it
};

}  // namespace drmshow
