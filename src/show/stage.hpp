// drm-show on a display, from the first picture until the console is given back: what is shown
// where, and what cables, keys, other virtual terminals and signals change about that.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "drm-show/error.hpp"
#include "drm-show/gpu_lost.hpp"
#include "drm-show/presenter.hpp"
#include "show/cables.hpp"
#include "show/console.hpp"
#include "show/control.hpp"
#include "show/frame_loop.hpp"
#include "show/inputs.hpp"
#include "show/present_notes.hpp"
#include "show/stats_book.hpp"

namespace drmshow {

class Stage {
 public:
  Stage(const Options& options, Console& console);

  /// Shows it until a key, a signal, the time or the number of frames ends it. Throws Error; what
  /// it took is the console's to give back.
  void run();

 private:
  // stage.cpp
  void dry_run();
  void begin();
  void compare_with_seat();
  void step();
  void look_around();
  void replace_gpu(const GpuLost& loss);
  void note_gpu_loss(const GpuLost& loss);
  void handle(const News& news);
  void look_after_seat();
  void leave();
  void enter();
  void announce();
  void say_who_draws() const;
  void look_after_guard();
  void wake_up();
  bool screen_is_ours();
  void wait_for_master(const Error& error);
  void abandon();
  void finish();
  Time deadline() const;

  // stage_outputs.cpp
  DisplayOptions wishes(Strictness strictness) const;
  void start(Strictness strictness);
  bool change_outputs();
  void put_on_stage(std::unique_ptr<Presenter> presenter, std::unique_ptr<FrameLoop> loop);
  void end_presenter();
  void release_previous();
  void look_at_cables();
  void wait_for_output(const std::string& why);
  std::vector<std::uint64_t> frames_shown(const Presenter& presenter) const;

  // stage_keys.cpp
  void press(const KeyPress& key);
  void change_content(const Shown& before);
  void next_mode();
  void take_screenshots();

  Options options_;  // keys change what is shown
  Shown shown_;
  Console& console_;
  Inputs inputs_;
  PresentNotes notes_;
  StatsBook stats_;
  std::vector<WantedOutput> wanted_;  // what the presenter was made for
  // Who draws, if that is Vulkan. The first ones were lost: what is still on the screen is made
  // with one of them.
  std::vector<std::shared_ptr<GpuStudio>> lost_gpus_;
  std::shared_ptr<GpuStudio> gpu_;
  std::unique_ptr<Presenter> previous_;   // keeps its framebuffers until the next one is lit
  std::unique_ptr<Presenter> presenter_;  // none while no output is there
  std::unique_ptr<FrameLoop> loop_;       // its frames
  AnimationClock clock_;
  std::vector<pollfd> fds_;
  Time end_ = Time::max();
  Time gpu_lost_at_{};
  int gpu_losses_ = 0;           // of which each came soon after the one before
  Time retry_at_ = Time::max();  // to become master; set while another program is
  Time retry_since_ = Time::max();
  bool had_screen_ = false;  // at the last news
  bool ours_ = false;        // set by enter(), cleared by leave()
  bool begun_ = false;       // set by begin()
  bool announced_ = false;   // what is shown
  bool introduced_ = false;  // how to end it
  bool over_ = false;
};

}  // namespace drmshow
