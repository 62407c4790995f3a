// Writes the sample as a real recording, and leaves it: make-recording FOLDER [died|ended|running].
// It prints the path. With "running" it waits until it is killed.
#include <cstdio>
#include <string_view>

#include <unistd.h>

#include "drm-show/recorder.hpp"
#include "record_maker.hpp"

int main(int argc, char** argv) {
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
  if (how == "running") ::pause();
  if (how == "died") ::_exit(1);
  recorder.keep();
  return 0;
}
