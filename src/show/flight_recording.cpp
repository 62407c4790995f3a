#include "show/flight_recording.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <sys/utsname.h>

#include "base/clock_reading.hpp"
#include "drm-show/recording_observer.hpp"
#include "show/messages.hpp"
#include "show/recording_place.hpp"
#include "version.hpp"

namespace drmshow {
namespace {

// So often in a ring is there all that is needed to begin to read...
constexpr std::uint64_t beginnings = 16;
// ... but it must not take more than this share of what is written.
constexpr std::uint64_t most_share = 8;

constexpr Nanoseconds beat_interval = std::chrono::minutes{1};
// Two looks at two clocks are not at the same moment, and clocks that are kept right drift a
// little.
constexpr Nanoseconds least_change = std::chrono::milliseconds{10};

std::string kernel_release() {
  utsname names{};
  if (::uname(&names) != 0) return "unknown";
  return fmt::format("{} {} {}", names.sysname, names.release, names.machine);
}

}  // namespace

FlightRecording::FlightRecording(std::size_t bytes, const std::string& command_line) {
  try {
    recorder_ = std::make_unique<Recorder>(
        RecorderOptions{.bytes = bytes, .program = "drm-show", .version = DRMSHOW_VERSION});
    rescue_ = prepare_rescue(recorder_->path(), recording_folder());
  } catch (const Error& error) {
    recorder_.reset();
    say_note(error);
    return;
  }
  find_interval(0);
  write_clocks();
  record_notes_in(this);
  set("command", command_line);
  set("version", DRMSHOW_VERSION);
  set("kernel", kernel_release());
}

FlightRecording::~FlightRecording() {
  record_notes_in(nullptr);
}

template <class Payload>
void FlightRecording::write(RecordTag tag, const Payload& payload) noexcept {
  if (!recorder_) return;
  recorder_->record(tag, payload);
}

template <class Payload>
void FlightRecording::write(RecordTag tag, const Payload& payload, Time time) noexcept {
  if (!recorder_) return;
  recorder_->record(tag, payload, time);
}

void FlightRecording::write_text(RecordTag tag, std::string_view text) noexcept {
  if (!recorder_) return;
  recorder_->record_text(tag, text);
}

void FlightRecording::set(std::string_view key, std::string_view value) {
  if (!recorder_) return;
  auto found = std::ranges::find(settings_, key, &Setting::key);
  if (found == settings_.end()) found = settings_.insert(found, {std::string{key}, {}});
  found->text = fmt::format("{}={}", key, value);
  write_text(RecordTag::setting, found->text);
}

void FlightRecording::introduce(const Presenter& presenter) {
  first_stream_ += std::exchange(streams_, presenter.streams().size());
  for (const Output& output : presenter.outputs()) {
    set("output " + output.name, fmt::format("{}, CRTC {}, {}", to_string(output.mode),
                                             output.crtc.raw(), to_string(output.format)));
  }
  write_beginning(presenter);
}

void FlightRecording::look_back(const Presenter& presenter) {
  if (!recorder_ || recorder_->written() < look_back_at_) return;
  write_clocks();
  for (const Setting& setting : settings_) write_text(RecordTag::setting, setting.text);
  write_beginning(presenter);
}

Time FlightRecording::beat() noexcept {
  if (!recorder_) return Time::max();
  const ClockReading now = read_clocks();
  const Nanoseconds change = Nanoseconds{now.realtime_offset} - realtime_offset_;
  if (Time{Nanoseconds{now.monotonic}} >= beat_at_ || abs(change) > least_change) write_clocks();
  return beat_at_;
}

void FlightRecording::write_clocks() noexcept {
  const ClockReading now = read_clocks();
  const Time time{Nanoseconds{now.monotonic}};
  write(RecordTag::clock,
        ClockRecord{now.realtime_offset, now.boottime_offset, beat_interval.count()}, time);
  realtime_offset_ = Nanoseconds{now.realtime_offset};
  beat_at_ = time + beat_interval;
}

// Of all streams at once: together they are as fresh as the ring of cells is long.
void FlightRecording::write_beginning(const Presenter& presenter) noexcept {
  if (!recorder_) return;
  const std::uint64_t before = recorder_->written();
  record_streams(*recorder_, presenter, first_stream_);
  find_interval(recorder_->written() - before);
}

void FlightRecording::find_interval(std::uint64_t beginning) noexcept {
  const std::uint64_t capacity = recorder_->capacity();
  const std::uint64_t often = capacity / beginnings;
  const std::uint64_t interval =
      std::clamp(beginning * most_share, often, std::max(often, capacity / 4));
  look_back_at_ = recorder_->written() + interval;
}

void FlightRecording::on(const PresentEvent& event) {
  shown_ = shown_ || event.step == PresentStep::modeset || event.step == PresentStep::flip ||
           event.step == PresentStep::watchdog;
  write(RecordTag::present, to_record(event, number_of(event.stream)), event.time);
}

void FlightRecording::on_missed(const MissedBlanks& missed) {
  write(RecordTag::missed, to_record(missed, number_of(missed.stream)), missed.time);
}

void FlightRecording::drawing(RecordTag tag, const DrawRecord& record) noexcept {
  write(tag, record);
}

void FlightRecording::seat(bool ours, SeatCause cause) noexcept {
  write(RecordTag::seat,
        SeatRecord{static_cast<std::uint8_t>(ours ? 1 : 0), static_cast<std::uint8_t>(cause)});
}

void FlightRecording::write_error(Failure failure, int errnum, std::string_view text) noexcept {
  if (!recorder_) return;
  ErrorRecord record{};
  record.failure = static_cast<std::uint16_t>(failure);
  record.errnum = errnum;
  recorder_->record_text(record, text);
}

void FlightRecording::error(const Error& error) noexcept {
  write_error(error.failure(), error.errnum(), error.what());
}

void FlightRecording::error(std::string_view what) noexcept {
  write_error(Failure::unexpected, 0, what);
}

std::string FlightRecording::keep() {
  if (!recorder_) return {};
  recorder_->keep();
  const int errnum = save(rescue_);
  const std::string path = errnum == 0
                               ? fmt::format("{}/{}", rescue_.folder.data(), rescue_.name.data())
                               : std::string{rescue_.from.data()};
  return fmt::format("Its recording: {0} (drm-trace summary {0}){1}", path,
                     errnum == 0 ? "" : ", until the machine is started again");
}

}  // namespace drmshow
