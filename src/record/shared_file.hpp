// The file of a recording in shared memory, made by its writer, and its mapping.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "record/record_format.hpp"

namespace drmshow {

inline constexpr const char* recording_prefix = "drm-record.";

class SharedFile {
 public:
  /// A new one with so many cells, all of whose memory is there. Throws Error.
  SharedFile(const std::string& directory, std::uint64_t cells);
  ~SharedFile();
  SharedFile(const SharedFile&) = delete;
  SharedFile& operator=(const SharedFile&) = delete;

  RecordingHeader& header() { return *reinterpret_cast<RecordingHeader*>(base_); }
  StdAtomics::Word* stamps() { return words_at(stamps_at()); }
  /// All cells, and behind the last one the first again.
  StdAtomics::Word* cells() { return words_at(cells_at_); }
  std::uint64_t stamps_at() const;
  std::uint64_t cells_at() const { return cells_at_; }
  const std::string& path() const { return path_; }
  /// It is there no longer for others to find. Does nothing the second time.
  void remove() noexcept;

 private:
  void map(int fd);
  StdAtomics::Word* words_at(std::uint64_t offset) {
    return reinterpret_cast<StdAtomics::Word*>(base_ + offset);
  }

  std::string path_;
  std::uint64_t cells_at_;
  std::size_t cells_bytes_;
  std::byte* base_ = nullptr;
};

/// Where recordings are made unless somebody says something else.
std::string recording_directory();

}  // namespace drmshow
