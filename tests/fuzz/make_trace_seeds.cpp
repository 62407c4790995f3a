// Writes the records of a sample as seeds for fuzz_trace: make-trace-seeds FOLDER
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <string>

#include "record_maker.hpp"
#include "trace_records.hpp"

namespace {

using namespace drmshow;

void write_seed(const std::string& path, const RecordMaker& maker) {
  std::ofstream file{path, std::ios::binary};
  for (const Record& record : maker.records()) {
    const auto length = static_cast<char>(std::min<std::size_t>(record.payload.size(), 255));
    const std::int64_t time = record.time.time_since_epoch().count();
    file.put(static_cast<char>(record.tag)).put(length);
    file.put(static_cast<char>(fuzz::absolute_time));
    file.write(reinterpret_cast<const char*>(&time), sizeof time);
    file.write(reinterpret_cast<const char*>(record.payload.data()),
               static_cast<unsigned char>(length));
  }
}

RecordMaker troubled() {
  RecordMaker maker;
  maker.stream(1, {.stream = 0,
                   .slots = 3,
                   .outputs = 2,
                   .policy = RingPolicy::mailbox,
                   .slot_return = SlotReturn::flip});
  maker.step(2, {.step = PresentStep::submit, .frame = 1, .fence = RenderFence::gated});
  maker.step(3, {.step = PresentStep::signal, .frame = 1});
  maker.step(4, {.step = PresentStep::busy, .frame = 1, .errnum = EBUSY});
  maker.step(5, {.step = PresentStep::superseded, .frame = 1, .by = 2});
  maker.step(6, {.step = PresentStep::expire, .frame = 2});
  maker.step(7, {.step = PresentStep::leave, .errnum = EACCES});
  maker.step(8, {.step = PresentStep::seen, .frame = 3, .sequence = 9, .shown_ms = 7});
  maker.step(9, {.step = PresentStep::flip, .frame = 3, .output = 1});
  maker.missed(9, 3, 2, MissReason::fence, 1);
  maker.add(10, RecordTag::seat, SeatRecord{.ours = 0, .cause = 2});
  maker.error(11, {.text_at = 0, .failure = 9, .errnum = ENODEV}, "card0: gone");
  maker.add(12, RecordTag::ring, to_record(FrameRing{3}, 0));
  maker.text(13, RecordTag::note, "a note");
  return maker;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::string folder = argv[1];
  write_seed(folder + "/sample", sample_recording());
  write_seed(folder + "/troubled", troubled());
  return 0;
}
