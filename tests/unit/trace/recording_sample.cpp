// A program that records, for tests of drm-trace: what a wall of two outputs does in 40 frames.
//   recording-sample DIRECTORY [--live] [--code N]
// With --live it takes a third of a second for it, says what it does, and waits for SIGTERM; then
// its recording is removed, as at the end of drm-show. Without, the recording is kept, and its path
// is printed.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>

#include <pthread.h>
#include <unistd.h>

#include "drm-show/recorder.hpp"

namespace {

using namespace drmshow;
using namespace std::chrono_literals;

constexpr std::uint64_t frames = 40;
constexpr std::uint64_t late_frame = 17;
constexpr auto frame_time = 8ms;

class SampleWall {
 public:
  SampleWall(Recorder& recorder, bool live) : recorder_{recorder}, live_{live} {}

  void begin() {
    recorder_.record_text(RecordTag::setting, "pattern=\"quoted\" <&> \xc3\xa4 \xff");
    recorder_.record(RecordTag::stream, StreamRecord{0, 3, 2, RingPolicy::fifo, SlotReturn::flip});
    recorder_.record_text(OutputRecord{0, 0, 0, 41, 8'000'000}, "HDMI-A-1");
    recorder_.record_text(OutputRecord{0, 0, 1, 42, 8'000'000}, "DP-2");
  }

  void show(std::uint64_t frame) {
    const auto slot = static_cast<std::uint8_t>(frame % 3);
    const bool late = frame == late_frame;
    step(PresentStep::acquire, 0, slot, frame);
    draw(RecordTag::draw_begin, slot, frame, 1ms);
    draw(RecordTag::draw_end, slot, frame, late ? frame_time + 4ms : 2ms);
    step(PresentStep::submit, 0, slot, frame);
    for (std::uint8_t output = 0; output < 2; ++output) {
      step(frame == 1 ? PresentStep::modeset : PresentStep::commit, output, slot, frame, 1ms);
    }
    if (frame == 1) return;
    now_ = end_of_frame(late ? frame + 1 : frame);
    for (std::uint8_t output = 0; output < 2; ++output) flip(output, slot, frame, late);
  }

  void end() {
    recorder_.record_text(RecordTag::note, std::string(1000, 'n'));
    recorder_.record_text(ErrorRecord{0, 9, 19}, "card0: was removed");
  }

 private:
  Time end_of_frame(std::uint64_t frame) const { return begin_ + (frame + missed_) * frame_time; }

  void wait(Nanoseconds duration) {
    now_ += duration;
    if (live_) std::this_thread::sleep_until(now_);
  }

  void draw(RecordTag tag, std::uint8_t slot, std::uint64_t frame, Nanoseconds after) {
    wait(after);
    recorder_.record(tag, DrawRecord{0, slot, 0, 0, 0, frame}, now_);
  }

  void step(PresentStep step, std::uint8_t output, std::uint8_t slot, std::uint64_t frame,
            Nanoseconds after = {}) {
    wait(after);
    PresentRecord record{};
    record.step = step;
    record.output = output;
    record.slot = slot;
    record.frame = frame;
    record.cookie = frame * 2 + output;
    recorder_.record(RecordTag::present, record, now_);
  }

  void flip(std::uint8_t output, std::uint8_t slot, std::uint64_t frame, bool late) {
    PresentRecord record{};
    record.step = PresentStep::flip;
    record.output = output;
    record.slot = slot;
    record.frame = frame;
    record.cookie = frame * 2 + output;
    record.sequence = static_cast<std::uint32_t>(1000 + frame + missed_);
    record.shown_ns = now_.time_since_epoch().count();
    if (live_) std::this_thread::sleep_until(now_);
    recorder_.record(RecordTag::present, record, now_ + 100us);
    if (late) recorder_.record(RecordTag::missed, MissedRecord{0, output, 0, 0, 1, frame}, now_);
    if (late && output == 1) missed_ = 1;
  }

  Recorder& recorder_;
  bool live_;
  std::uint64_t missed_ = 0;
  Time begin_ = Clock::now();
  Time now_ = begin_;
};

void wait_for_the_end(const sigset_t& signals) {
  std::puts("waiting");
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  std::printf("signal %d\n", signal);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const bool live = argc > 2 && std::string_view{argv[2]} == "--live";
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  if (live) pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  RecorderOptions options;
  options.directory = std::string_view{argv[1]} == "-" ? "" : argv[1];
  options.program = "sample";
  Recorder recorder{options};
  SampleWall wall{recorder, live};
  wall.begin();
  if (live) std::printf("terminal %d %d\n", isatty(1), isatty(2));
  if (live) std::fputs("to stderr\n", stderr);
  for (std::uint64_t frame = 1; frame <= frames; ++frame) wall.show(frame);
  wall.end();
  if (live) {
    wait_for_the_end(signals);
  } else {
    recorder.keep();
    std::puts(recorder.path().c_str());
  }
  return argc > 4 ? std::atoi(argv[4]) : 0;
}
