#include "show/present_notes.hpp"

#include <cerrno>
#include <cstdio>

#include <fmt/format.h>

namespace drmshow {
namespace {

void tell_user(const std::string& what) {
  fmt::print(stderr, "drm-show: {}\n", what);
}

}  // namespace

PresentNotes::PresentNotes(const Options& options) {
  if (options.ring_log) log_ = std::make_unique<PresentLog>(*options.ring_log, Clock::now());
}

void PresentNotes::introduce(const Presenter& presenter) {
  for (std::size_t i = 0; i < presenter.streams().size(); ++i) {
    if (log_) log_->add_stream(static_cast<int>(i), presenter.ring(i));
    auto& names = names_.emplace_back();
    for (const std::size_t output : presenter.streams()[i].outputs) {
      names.push_back(presenter.outputs()[output].name);
    }
  }
}

void PresentNotes::on(const PresentEvent& event) {
  if (log_) log_->on(event);
  switch (event.step) {
    case PresentStep::leave:
      return tell_user(event.errnum == EACCES
                           ? name_of(event) + " is another program's now: waiting for it to go"
                           : name_of(event) + " was unplugged: it goes on when it is plugged in");
    case PresentStep::enter:
      return tell_user(name_of(event) + " is back");
    case PresentStep::reset:
      return tell_user(name_of(event) + ": a page flip got lost, the mode is set again");
    case PresentStep::watchdog:
      return tell_user(name_of(event) + ": the event of a page flip got lost");
    case PresentStep::expire:
      return tell_user(
          fmt::format("frame {} was not drawn in time and is left out", event.frame.number));
    default:
      return;
  }
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
