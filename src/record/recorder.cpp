#include "drm-show/recorder.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include <fmt/format.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/clock_reading.hpp"
#include "drm-show/error.hpp"
#include "record/process_start.hpp"
#include "record/record_clock.hpp"
#include "record/shared_file.hpp"

namespace drmshow {
namespace {

/// A SharedFile's memory, for its writers.
struct WriterMemory {
  RecordingHeader* header;
  StdAtomics::Word* stamps;
  StdAtomics::Word* words;

  StdAtomics::Word& next() const { return header->next; }
  StdAtomics::Word& lost() const { return header->lost; }
  StdAtomics::Word& stamp(std::uint64_t place) const { return stamps[place]; }
  StdAtomics::Word& word(std::uint64_t index) const { return words[index]; }
};

std::uint64_t cells_for(std::size_t bytes) {
  const std::uint64_t cells = std::max<std::uint64_t>(bytes, 1) / cell_bytes;
  if (cells <= most_cells) return std::bit_ceil(std::max(cells, least_cells));
  throw Error{Failure::usage, fmt::format("a recording of {} bytes is too large", bytes),
              "Up to 1 GiB is possible."};
}

template <std::size_t size>
void put_text(std::array<char, size>& to, const std::string& text) {
  to.fill(0);
  std::copy_n(text.begin(), std::min(text.size(), size - 1), to.begin());
}

void describe(RecordingHeader& header, const RecorderOptions& options) {
  header.pid = static_cast<std::uint32_t>(::getpid());
  header.process_start = process_start(::getpid()).value_or(0);
  const ClockReading now = read_clocks();
  header.begin_ns = now.monotonic;
  header.realtime_offset_ns = now.realtime_offset;
  put_text(header.boot_id, boot_id());
  put_text(header.program, options.program);
  put_text(header.version, options.version);
}

// Cached, as the system call takes longer than all else together. Async-signal-safe: the library is
// never loaded so late that memory for it would have to be found now.
[[gnu::tls_model("initial-exec")]] thread_local std::uint32_t cached_thread = 0;

std::uint32_t thread_number() {
  if (cached_thread == 0) cached_thread = static_cast<std::uint32_t>(::syscall(SYS_gettid));
  return cached_thread;
}

// The thread that goes on in a child has a number of its own.
void renumber_children() {
  static const int registered = ::pthread_atfork(nullptr, nullptr, [] { cached_thread = 0; });
  static_cast<void>(registered);
}

using Head = std::array<std::uint64_t, record_head_bytes / 8>;

// Word by word, as most payloads were written a moment ago: a wider load would have to wait until
// all of that is in the cache.
std::uint64_t word_of(std::span<const std::byte> payload, std::size_t at) {
  std::uint64_t word = 0;
  if (at + sizeof word <= payload.size()) {
    std::memcpy(&word, payload.data() + at, sizeof word);
  } else if (at < payload.size()) {
    std::memcpy(&word, payload.data() + at, payload.size() - at);
  }
  return word;
}

}  // namespace

struct Recorder::Impl {
  Impl(const std::string& directory, std::uint64_t cells)
      : file{directory, cells},
        ring{WriterMemory{&file.header(), file.stamps(), file.cells()}, cells},
        path{file.path()} {}

  bool write(std::uint64_t count, const Head& head, std::span<const std::byte> payload) noexcept {
    return ring.write(count, [&](std::uint64_t i) {
      return i < head.size() ? head[i]
                             : word_of(payload, (i - head.size()) * sizeof(std::uint64_t));
    });
  }

  SharedFile file;
  RecordRing<StdAtomics, WriterMemory> ring;
  std::string path;
  pid_t owner = ::getpid();
  bool kept = false;
};

Recorder::Recorder(const RecorderOptions& options) {
  renumber_children();
  const std::uint64_t cells = cells_for(options.bytes);
  impl_ = std::make_unique<Impl>(
      options.directory.empty() ? recording_directory() : options.directory, cells);
  RecordingHeader& header = impl_->file.header();
  describe(header, options);
  header.stamps_at = impl_->file.stamps_at();
  header.cells_at = impl_->file.cells_at();
  header.next.store(cells, std::memory_order_relaxed);
  header.cells = cells;  // last: a reader knows by that that all is there
}

Recorder::~Recorder() {
  // In a child of fork() it is our parent's.
  if (impl_->kept || impl_->owner != ::getpid()) return;
  impl_->file.header().ended.store(1, std::memory_order_relaxed);
  impl_->file.remove();
}

bool Recorder::record(RecordTag tag, std::span<const std::byte> payload, Time time) noexcept {
  const auto all = payload.first(std::min(payload.size(), most_payload));
  const RecordHead second{static_cast<std::uint16_t>(tag), static_cast<std::uint16_t>(all.size()),
                          thread_number()};
  const Head head{static_cast<std::uint64_t>(time.time_since_epoch().count()), second.word()};
  const std::uint64_t count = second.cells();
  return impl_->write(count, head, all);
}

bool Recorder::record(RecordTag tag, std::span<const std::byte> payload) noexcept {
  return record(tag, payload, record_now());
}

bool Recorder::record_text(RecordTag tag, std::string_view text) noexcept {
  return record(tag, std::as_bytes(std::span{text}));
}

namespace {

template <class Payload>
bool record_with_text(Recorder& recorder, RecordTag tag, Payload payload,
                      std::string_view text) noexcept {
  std::array<std::byte, Recorder::most_payload> bytes;
  payload.text_at = sizeof payload;
  std::memcpy(bytes.data(), &payload, sizeof payload);
  const std::size_t length = std::min(text.size(), bytes.size() - sizeof payload);
  std::memcpy(bytes.data() + sizeof payload, text.data(), length);
  return recorder.record(tag, std::span{bytes}.first(sizeof payload + length));
}

}  // namespace

bool Recorder::record_text(OutputRecord payload, std::string_view text) noexcept {
  return record_with_text(*this, RecordTag::output, payload, text);
}

bool Recorder::record_text(ErrorRecord payload, std::string_view text) noexcept {
  return record_with_text(*this, RecordTag::error, payload, text);
}

void Recorder::keep() noexcept {
  impl_->kept = true;
}

const std::string& Recorder::path() const noexcept {
  return impl_->path;
}

std::uint64_t Recorder::capacity() const noexcept {
  return impl_->ring.cells();
}

std::uint64_t Recorder::written() const noexcept {
  return impl_->ring.next() - impl_->ring.cells();  // that is the first one's number
}

std::uint64_t Recorder::lost() const noexcept {
  return impl_->file.header().lost.load(std::memory_order_relaxed);
}

}  // namespace drmshow
