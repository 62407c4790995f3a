#include "show/present_notes.hpp"

#include <cerrno>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "show/messages.hpp"

namespace drmshow {

PresentNotes::PresentNotes(const Options& options, FlightRecording& recording)
    : recording_{recording}, follows_cables_{options.hotplug == HotplugPolicy::follow} {
  if (options.ring_log) log_ = std::make_unique<PresentLog>(*options.ring_log, Clock::now());
}

void PresentNotes::introduce(const Presenter& presenter) {
  recording_.introduce(presenter);
  streams_before_ += names_.size();
  names_.clear();
  failed_ = 0;
  for (std::size_t i = 0; i < presenter.streams().size(); ++i) {
    if (logs()) log_->add_stream(static_cast<int>(streams_before_ + i), presenter.ring(i));
    auto& names = names_.emplace_back();
    for (const std::size_t output : presenter.streams()[i].outputs) {
      names.push_back(presenter.outputs()[output].name);
    }
  }
}

void PresentNotes::on(const PresentEvent& event) {
  recording_.on(event);
  if (logs()) {
    PresentEvent logged = event;
    logged.stream = static_cast<std::uint8_t>(streams_before_ + event.stream);
    log_->on(logged);
    if (log_->lost() > 0 && !std::exchange(loses_, true)) {
      say_note("whoever reads the ring log does not keep up: steps are left out there");
    }
  }
  if (event.step == PresentStep::fence_error) ++failed_;
  if (event.step == PresentStep::signal) failed_ = 0;
  switch (event.step) {
    case PresentStep::leave:
      return note_leave(event);
    case PresentStep::enter:
      return note_enter(event);
    case PresentStep::reset:
      return say_note(name_of(event) + ": a page flip got lost, the mode is set again");
    case PresentStep::watchdog:
      return say_note(name_of(event) + ": the event of a page flip got lost");
    case PresentStep::expire:
      return say_note(
          fmt::format("frame {} was not drawn in time and is left out", event.frame.number));
    default:
      return;
  }
}

// A switch to another virtual terminal is nothing to talk about.
void PresentNotes::note_leave(const PresentEvent& event) {
  quiet_ = event.errnum == ECANCELED;
  if (quiet_) return;
  if (event.errnum == EACCES && !std::exchange(taken_, true)) {
    recording_.seat(false, SeatCause::master);
  }
  say_note(name_of(event) +
           (event.errnum == EACCES ? " is another program's now: waiting for it to go"
            : follows_cables_      ? " was unplugged"
                                   : " was unplugged: it goes on when it is plugged in"));
}

void PresentNotes::note_enter(const PresentEvent& event) {
  if (std::exchange(taken_, false)) recording_.seat(true, SeatCause::master);
  if (!quiet_) say_note(name_of(event) + " is back");
}

// The log has 8 bits for the number of a stream.
bool PresentNotes::logs() const {
  return log_ && streams_before_ + names_.size() < std::numeric_limits<std::uint8_t>::max();
}

void PresentNotes::finish() {
  if (log_) log_->flush();
}

const std::string& PresentNotes::name_of(const PresentEvent& event) const {
  static const std::string unknown = "an output";
  if (event.stream >= names_.size() || event.output >= names_[event.stream].size()) return unknown;
  return names_[event.stream][event.output];
}

}  // namespace drmshow
