// A property blob of ours in the kernel. States that use it hold their own reference: the id may be
// destroyed as soon as the commit that names it has returned.
#pragma once

#include <cstddef>
#include <span>

#include "drm-show/device.hpp"
#include "drm-show/id.hpp"

namespace drmshow {

class Blob {
 public:
  Blob(const Device& device, std::span<const std::byte> bytes);
  Blob(Blob&& other) noexcept;
  Blob& operator=(Blob&&) = delete;
  ~Blob();

  BlobId id() const { return id_; }

 private:
  int fd_;  // borrowed: the Device outlives its blobs
  BlobId id_;
};

}  // namespace drmshow
