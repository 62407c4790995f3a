// Tells the user what goes on with the display while frames move, keeps the log of --ring-log, and
// has all of it recorded.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "drm-show/presenter.hpp"
#include "present/present_log.hpp"
#include "show/flight_recording.hpp"
#include "show/options.hpp"

namespace drmshow {

class PresentNotes : public PresentObserver {
 public:
  /// Throws Error if the log cannot be written.
  PresentNotes(const Options& options, FlightRecording& recording);

  /// A presenter takes over: its streams and their outputs' names.
  void introduce(const Presenter& presenter);
  void on(const PresentEvent& event) override;
  void on_missed(const MissedBlanks& missed) override { recording_.on_missed(missed); }
  /// So many frames in a row came with the message that they were not drawn that none will be.
  bool drawing_fails() const { return failed_ >= most_failed; }
  /// Throws Error if the log could not be written.
  void finish();

 private:
  static constexpr int most_failed = 30;

  bool logs() const;
  const std::string& name_of(const PresentEvent& event) const;

  void note_leave(const PresentEvent& event);
  void note_enter(const PresentEvent& event);

  FlightRecording& recording_;
  bool follows_cables_;
  int failed_ = 0;      // frames in a row, since introduce()
  bool quiet_ = false;  // the last that left did so because we wanted it
  bool taken_ = false;  // ... because another program is master; until it is back
  std::unique_ptr<PresentLog> log_;
  bool loses_ = false;                           // said once
  std::size_t streams_before_ = 0;               // of presenters before, in the log
  std::vector<std::vector<std::string>> names_;  // of outputs, by stream
};

}  // namespace drmshow
