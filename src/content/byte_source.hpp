// Buffered reading of an untrusted file, or of bytes in memory. Files are read, never mapped: a
// mapping raises SIGBUS when another process truncates the file. Nothing here throws after opening,
// so that the callbacks of C decoders may use it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "drm-show/fd.hpp"

namespace drmshow {

class ByteSource {
 public:
  /// Opens a regular file. Throws Error for anything else: a FIFO or a device could block for ever.
  static ByteSource open(const std::filesystem::path& path);
  /// Reads `bytes`, which must outlive the source.
  explicit ByteSource(std::span<const std::byte> bytes) : ready_{bytes} {}

  /// The bytes at hand, read anew once all are consumed; empty at the end or after a failed read.
  /// A fresh source gives at least 64 KiB, or the whole file.
  std::span<const std::byte> ready() noexcept;
  /// Drops the first `count` of ready().
  void consume(std::size_t count) noexcept { ready_ = ready_.subspan(count); }
  /// Copies the next bytes to `to`; fewer than asked only at the end or after a failed read.
  std::size_t read(std::span<std::byte> to) noexcept;

  /// Why reading failed; 0 while it has not.
  int errnum() const noexcept { return errnum_; }
  /// Bytes taken from the file so far, including those at hand.
  std::uint64_t fetched() const noexcept { return fetched_; }

 private:
  explicit ByteSource(UniqueFd fd);
  void refill() noexcept;

  UniqueFd fd_;                          // none when reading from memory
  std::unique_ptr<std::byte[]> buffer_;  // none when reading from memory
  std::span<const std::byte> ready_;
  std::uint64_t fetched_ = 0;
  int errnum_ = 0;
};

}  // namespace drmshow
