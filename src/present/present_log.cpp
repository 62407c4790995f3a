#include "present/present_log.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <iterator>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

constexpr const char* step_names[] = {
    "acquire",    "submit",      "discard", "signal", "fence_error", "expire",  "commit",
    "modeset",    "busy",        "refuse",  "flip",   "stale_flip",  "release", "watchdog",
    "reset",      "arm_modeset", "leave",   "off",    "enter",       "close",   "abort",
    "superseded", "cancelled",   "seen",    "unseen"};
static_assert(std::size(step_names) == static_cast<std::size_t>(last_present_step) + 1);
constexpr const char* fence_names[] = {"none", "gated", "native"};

/// Appends to a line; what does not fit is cut off.
class LineWriter {
 public:
  explicit LineWriter(PresentLine& line) : line_{line} {}

  [[gnu::format(printf, 2, 3)]] void add(const char* format, ...) {
    va_list values;
    va_start(values, format);
    const int wanted = std::vsnprintf(line_.data() + used_, line_.size() - used_, format, values);
    va_end(values);
    if (wanted > 0) used_ = std::min(used_ + static_cast<std::size_t>(wanted), line_.size() - 1);
  }
  std::size_t used() const { return used_; }

 private:
  PresentLine& line_;
  std::size_t used_ = 0;
};

// A page-flip event may be older than the log.
void add_seconds(LineWriter& line, Nanoseconds time) {
  constexpr long long second = 1'000'000'000;
  const long long count = time.count();
  const long long size = count < 0 ? -count : count;
  line.add("%s%lld.%09lld", count < 0 ? "-" : "", size / second, size % second);
}

}  // namespace

const char* name(PresentStep step) {
  return step_names[static_cast<std::size_t>(step)];
}

const char* name(RenderFence fence) {
  return fence_names[static_cast<std::size_t>(fence)];
}

const char* name(RingPolicy policy) {
  return policy == RingPolicy::fifo ? "fifo" : "mailbox";
}

const char* name(SlotReturn slot_return) {
  return slot_return == SlotReturn::flip ? "flip" : "release";
}

std::size_t write_present_line(PresentLine& line, const PresentEvent& event, Time since) {
  using Number = unsigned long long;
  LineWriter out{line};
  add_seconds(out, event.time - since);
  out.add(" %u %u %s", event.stream, event.output, name(event.step));
  if (event.frame.number != 0)
    out.add(" slot=%u frame=%llu", event.frame.slot, static_cast<Number>(event.frame.number));
  if (event.cookie != 0) out.add(" cookie=%llu", static_cast<Number>(event.cookie));
  if (event.step == PresentStep::submit) out.add(" fence=%s", name(event.fence));
  if (event.errnum != 0) out.add(" errno=%d", event.errnum);
  if (event.flags != 0) out.add(" flags=0x%x", static_cast<unsigned>(event.flags));
  if (event.sequence != 0) out.add(" sequence=%u", event.sequence);
  if (event.shown != Time{}) {
    out.add(" shown=");
    add_seconds(out, event.shown - since);
  }
  if (event.by != 0) out.add(" by=%llu", static_cast<Number>(event.by));
  out.add("\n");
  return out.used();
}

PresentLog::PresentLog(const std::string& path, Time start)
    : file_{std::fopen(path.c_str(), "we")}, path_{path}, start_{start} {
  if (!file_)
    throw Error{Failure::usage, path + ": cannot be written", "Choose another file.", errno};
  std::setvbuf(file_.get(), buffer_.data(), _IOFBF, buffer_.size());
  std::fputs("drm-show ring log 2\n", file_.get());
}

void PresentLog::add_stream(int number, const FrameRing& ring) {
  std::fprintf(file_.get(), "stream %d: slots %d policy %s outputs %d", number, ring.slots(),
               name(ring.policy()), ring.outputs());
  if (ring.slot_return() != SlotReturn::flip)
    std::fprintf(file_.get(), " return %s", name(ring.slot_return()));
  std::fputs("\n", file_.get());
}

void PresentLog::on(const PresentEvent& event) {
  PresentLine line;
  const std::size_t length = write_present_line(line, event, start_);
  std::fwrite(line.data(), 1, length, file_.get());
}

void PresentLog::flush() {
  if (std::fflush(file_.get()) == 0 && std::ferror(file_.get()) == 0) return;
  throw Error{Failure::unexpected, path_ + ": not all of the log could be written",
              "Is the disk full?", errno};
}

}  // namespace drmshow
