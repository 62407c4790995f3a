// drm-show on displays, from the first picture until the console is given back: which outputs are
// lit, and what cables, other virtual terminals and signals change about that.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "drm-show/error.hpp"
#include "drm-show/kms_presenter.hpp"
#include "show/cables.hpp"
#include "show/console.hpp"
#include "show/inputs.hpp"
#include "show/stage.hpp"

namespace drmshow {

class KmsStage final : public Stage {
 public:
  KmsStage(const Options& options, Console& console, FlightRecording& recording);

  /// Shows it until a key, a signal, the time or the number of frames ends it. Throws Error; what
  /// it took is the console's to give back.
  void run();

 private:
  // kms_stage.cpp
  void gather(std::vector<pollfd>& fds) const override { inputs_.gather(fds); }
  void handle(std::span<const pollfd> fds) override;
  Time deadline() const override;
  bool may_draw() const override { return ours_; }
  bool has_keys() const override { return console_.has_keys(); }
  std::string place_of(const Output& output) const override;
  void dry_run();
  void light();
  void put_off();
  void compare_with_seat();
  void look_after_seat();
  void leave(SeatCause cause);
  void enter();
  void wake_up();
  bool is_time_to_relight();
  bool screen_is_ours();
  void wait_for_master(const Error& error);
  void abandon();
  void give_back();

  // kms_stage_outputs.cpp
  void restart() override;
  void next_mode() override;
  void release_previous() override;
  DisplayOptions wishes(Strictness strictness) const;
  void start(Strictness strictness);
  bool change_outputs();
  void follow(const std::vector<WantedOutput>& wanted);
  void try_again(const Error& error);
  void stop_trying();
  void look_at_cables();
  void record_cables(const Snapshot& now);
  void wait_for_output(const std::string& why);
  // All presenters here are.
  KmsPresenter& presenter() { return static_cast<KmsPresenter&>(*presenter_); }
  KmsPresenter& previous() { return static_cast<KmsPresenter&>(*previous_); }

  static constexpr Nanoseconds relight_pause = std::chrono::seconds{1};

  Console& console_;
  Inputs inputs_;
  std::vector<WantedOutput> wanted_;  // what the presenter was made for
  Time retry_at_ = Time::max();       // to become master; set while another program is
  Time retry_since_ = Time::max();
  Time relight_at_ = Time::max();  // to try again what has failed; set by try_again()
  Time relight_since_ = Time::max();
  SeatCause away_by_ = SeatCause::vt;                       // set by leave()
  std::vector<std::pair<std::string, Connection>> cables_;  // as they were last seen
  bool had_screen_ = false;                                 // at the last news
  bool ours_ = false;                                       // set by enter(), cleared by leave()
  bool begun_ = false;                                      // set by light()
};

}  // namespace drmshow
