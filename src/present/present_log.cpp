#include "present/present_log.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdarg>
#include <cstdio>
#include <iterator>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

constexpr auto patience = std::chrono::milliseconds{200};  // with who reads, at the end

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

// A pipe may not have a reader yet, or one that stops to read.
PresentLog::PresentLog(const std::string& path, Time start)
    : fd_{::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY | O_NONBLOCK,
                 0666)},
      path_{path},
      start_{start} {
  if (!fd_) {
    throw Error{
        Failure::usage, path + ": cannot be written",
        errno == ENXIO ? "Nobody reads this pipe: start its reader first." : "Choose another file.",
        errno};
  }
  add("drm-show ring log 2\n");
}

PresentLog::~PresentLog() {
  write_out();
}

void PresentLog::add_stream(int number, const FrameRing& ring) {
  PresentLine line;
  LineWriter out{line};
  out.add("stream %d: slots %d policy %s outputs %d", number, ring.slots(), name(ring.policy()),
          ring.outputs());
  if (ring.slot_return() != SlotReturn::flip) out.add(" return %s", name(ring.slot_return()));
  out.add("\n");
  add({line.data(), out.used()});
}

void PresentLog::on(const PresentEvent& event) {
  PresentLine line;
  const std::size_t length = write_present_line(line, event, start_);
  add({line.data(), length});
}

void PresentLog::add(std::string_view line) {
  if (line.size() > buffer_.size() - used_) write_out();
  if (line.size() > buffer_.size() - used_) {
    ++lost_;
    return;
  }
  std::ranges::copy(line, buffer_.begin() + static_cast<std::ptrdiff_t>(used_));
  used_ += line.size();
}

void PresentLog::write_out() {
  std::size_t written = 0;
  while (written < used_) {
    const ssize_t count = ::write(fd_.get(), buffer_.data() + written, used_ - written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) break;
    if (count <= 0) {
      if (errnum_ == 0) errnum_ = count < 0 ? errno : EIO;
      written = used_;  // there is no place for it
      break;
    }
    written += static_cast<std::size_t>(count);
  }
  std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(written),
            buffer_.begin() + static_cast<std::ptrdiff_t>(used_), buffer_.begin());
  used_ -= written;
}

void PresentLog::flush() {
  const Time end = Clock::now() + patience;
  write_out();
  while (used_ > 0 && Clock::now() < end) {
    pollfd out{fd_.get(), POLLOUT, 0};
    ::poll(&out, 1, static_cast<int>(std::chrono::milliseconds{patience}.count()));
    write_out();
  }
  if (errnum_ == 0 && lost_ == 0 && used_ == 0) return;
  throw Error{Failure::unexpected, path_ + ": not all of the log could be written",
              errnum_ == 0 ? "Whoever reads it did not keep up." : "Is the disk full?", errnum_};
}

}  // namespace drmshow
