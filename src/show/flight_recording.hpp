// drm-show's flight recording: the steps of its presenters, and all else that somebody wants to
// know who asks later why a display stuttered. Without a recorder (--record off, or there is no
// memory for it) it does nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "drm-show/error.hpp"
#include "drm-show/presenter.hpp"
#include "drm-show/recorder.hpp"
#include "session/rescued_recording.hpp"

namespace drmshow {

class FlightRecording final : public PresentObserver {
 public:
  /// None.
  FlightRecording() = default;
  /// With so much memory. Without one, and says so, if it cannot be made. `command_line`: for who
  /// reads it.
  FlightRecording(std::size_t bytes, const std::string& command_line);
  ~FlightRecording() override;
  FlightRecording(const FlightRecording&) = delete;
  FlightRecording& operator=(const FlightRecording&) = delete;

  /// How the program was started, and on what. A later value takes the place of an earlier one.
  void set(std::string_view key, std::string_view value);
  /// A presenter begins: its streams get the next numbers.
  void introduce(const Presenter& presenter);
  /// A stream's number in the recording. It is used again after 256 others.
  std::uint8_t number_of(std::size_t stream) const {
    return static_cast<std::uint8_t>(first_stream_ + stream);
  }
  /// Writes once more what a reader needs who comes too late for the beginning, if enough has been
  /// written since. Between two steps of the presenter, which was introduced.
  void look_back(const Presenter& presenter);
  /// Writes what the clocks say if that has changed, or has not been said for a minute: so the last
  /// record of a still picture tells when the program lived. Returns when it is due again.
  Time beat() noexcept;

  /// Steps of the presenter that was introduced last.
  void on(const PresentEvent& event) override;
  void on_missed(const MissedBlanks& missed) override;
  /// Of any thread.
  void drawing(RecordTag tag, const DrawRecord& record) noexcept;
  void seat(bool ours, SeatCause cause) noexcept;
  void hotplug(std::string_view text) noexcept { write_text(RecordTag::hotplug, text); }
  void note(std::string_view text) noexcept { write_text(RecordTag::note, text); }
  void error(const Error& error) noexcept;
  void error(std::string_view what) noexcept;

  /// Something has come onto a display.
  bool has_shown() const { return shown_; }
  /// For the guard.
  const RecordingRescue& rescue() const { return rescue_; }
  /// Keeps it beyond our end, where it lasts. A sentence that says where; empty without one.
  std::string keep();

 private:
  struct Setting {
    std::string key;
    std::string text;  // "key=value"
  };

  template <class Payload>
  void write(RecordTag tag, const Payload& payload) noexcept;
  template <class Payload>
  void write(RecordTag tag, const Payload& payload, Time time) noexcept;
  void write_text(RecordTag tag, std::string_view text) noexcept;
  void write_error(Failure failure, int errnum, std::string_view text) noexcept;
  void write_clocks() noexcept;
  void write_beginning(const Presenter& presenter) noexcept;
  void find_interval(std::uint64_t beginning) noexcept;

  std::unique_ptr<Recorder> recorder_;
  RecordingRescue rescue_{};
  std::vector<Setting> settings_;
  std::size_t first_stream_ = 0;  // of the presenter that was introduced last
  std::size_t streams_ = 0;       // of that
  bool shown_ = false;
  Time beat_at_{};
  Nanoseconds realtime_offset_{};   // that was written last
  std::uint64_t look_back_at_ = 0;  // in cells that the recorder has written
};

}  // namespace drmshow
