// Writes the sample as a real recording: make-recording FOLDER [died|kept|running]. It prints the
// path. With "running" it waits until SIGTERM ends it in order, or something else kills it.
#include <csignal>
#include <cstdio>
#include <string_view>

#include <unistd.h>

#include "drm-show/recorder.hpp"
#include "record_maker.hpp"

namespace {

void wait_for_sigterm() {
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGTERM);
  int which = 0;
  ::sigwait(&signals, &which);
}

void block_sigterm() {
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGTERM);
  ::sigprocmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace

int main(int argc, char** argv) {
  block_sigterm();
  const drmshow::RecordMaker sample = drmshow::sample_recording();
  const std::string_view how = argc > 2 ? argv[2] : "died";
  drmshow::Recorder recorder{
      {.directory = argc > 1 ? argv[1] : "", .program = "drm-show", .version = "0.1.0"}};
  // As if it had begun a moment ago.
  const drmshow::Time now = drmshow::Clock::now();
  const auto shift = now - sample.records().front().time;
  for (const drmshow::Record& record : sample.records()) {
    std::vector<std::byte> payload{record.payload.begin(), record.payload.end()};
    if (record.tag == drmshow::RecordTag::present) {
      auto step = record.as<drmshow::PresentRecord>();
      if (step.shown_ns != 0) step.shown_ns += shift.count();
      const auto bytes = std::as_bytes(std::span{&step, 1});
      payload.assign(bytes.begin(), bytes.end());
    }
    recorder.record(record.tag, payload, record.time + shift);
  }
  std::printf("%s\n", recorder.path().c_str());
  std::fflush(stdout);
  if (how == "running") wait_for_sigterm();
  if (how == "died") ::_exit(1);
  if (how == "kept") recorder.keep();
  return 0;
}
