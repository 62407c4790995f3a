// Recordings of strangers: bytes → records. Only bad content may come out of it as an error.
// Records lie in the batch's memory, one behind the other, and each cell of the ring is accounted
// for. What is made of records: fuzz_trace.cpp.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

#include "drm-show/error.hpp"
#include "drm-show/fd.hpp"
#include "drm-show/recording.hpp"
#include "record/record_format.hpp"

namespace {

using namespace drmshow;

void require(bool truth) {
  if (!truth) std::abort();
}

std::uint64_t cells_of(const Record& record) {
  return (record_head_bytes + record.payload.size() + cell_bytes - 1) / cell_bytes;
}

void check_batch(const RecordBatch& batch, std::uint64_t capacity) {
  std::uint64_t next = 0;
  std::uint64_t cells = 0;
  unsigned bits = 0;  // of all payloads: a sanitizer sees what they lie in
  for (const Record& record : batch.records) {
    require(record.sequence >= next && record.sequence < batch.next);
    next = record.sequence + cells_of(record);
    cells += cells_of(record);
    for (const std::byte byte : record.payload) bits |= static_cast<unsigned>(byte);
  }
  require(next <= batch.next && cells <= capacity && bits <= 0xff);
}

// Where reading goes on, nothing is left out and nothing comes twice.
void check_going_on(std::span<const std::byte> file, const RecordBatch& all,
                    std::uint64_t capacity) {
  if (all.records.empty()) return;
  const std::uint64_t middle = all.records[all.records.size() / 2].sequence;
  const RecordBatch rest = read_records(file, middle);
  check_batch(rest, capacity);
  require(rest.next == all.next && rest.records.front().sequence == middle);
  require(rest.records.size() == all.records.size() - all.records.size() / 2);
  std::uint64_t cells = 0;
  for (const Record& record : rest.records) cells += cells_of(record);
  require(cells + rest.overwritten + rest.unfinished == rest.next - middle);
  check_batch(read_records(file, middle, Unfinished::stop), capacity);
  require(read_records(file, UINT64_MAX).records.empty());
}

/// The same bytes as a file.
class FuzzFile {
 public:
  FuzzFile() : fd_{::memfd_create("fuzz", MFD_CLOEXEC)} { require(static_cast<bool>(fd_)); }
  RecordingFile of(std::span<const std::byte> bytes) const {
    require(::ftruncate(fd_.get(), 0) == 0);
    const ssize_t written = ::pwrite(fd_.get(), bytes.data(), bytes.size(), 0);
    require(written == static_cast<ssize_t>(bytes.size()));
    return RecordingFile{"/proc/self/fd/" + std::to_string(fd_.get())};
  }

 private:
  UniqueFd fd_;
};

// A file is copied piece by piece, and says the same as all of it in memory.
void check_file(std::span<const std::byte> bytes, const RecordBatch& all) {
  static const FuzzFile place;
  const RecordingFile file = place.of(bytes);
  const RecordBatch batch = file.read();
  require(batch.next == all.next && batch.lost == all.lost);
  require(batch.overwritten == all.overwritten && batch.unfinished == all.unfinished);
  const auto same = [](const Record& a, const Record& b) {
    return a.sequence == b.sequence && a.time == b.time && a.tag == b.tag &&
           std::ranges::equal(a.payload, b.payload);
  };
  require(std::ranges::equal(batch.records, all.records, same));
  check_batch(file.read(0, Unfinished::stop), file.info().capacity);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = std::as_bytes(std::span{data, size});
  try {
    const RecordingInfo info = read_recording_info(file);
    const RecordBatch batch = read_records(file);
    check_batch(batch, info.capacity);
    check_going_on(file, batch, info.capacity);
    check_file(file, batch);
    require(info.program.size() <= 32 && info.version.size() <= 32 && info.boot_id.size() <= 40);
  } catch (const Error& error) {
    require(error.failure() == Failure::bad_content);
  }
  return 0;
}
