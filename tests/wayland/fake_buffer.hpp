// A buffer that a client has committed, until it is given back.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "drm-show/fd.hpp"
#include "fake_behaviour.hpp"
#include "fake_resource.hpp"

namespace drmshow::fake {

// Behind a wl_buffer of zwp_linux_dmabuf_v1: its first plane.
struct DmabufPlane {
  UniqueFd fd;
  Extent size;
  std::uint32_t offset = 0;
  std::uint32_t stride = 0;
};

struct BufferLook {
  std::string kind;  // shm, dmabuf
  Extent size;
  std::optional<std::uint64_t> checksum;  // of its pixels; none if they cannot be read
  std::uint32_t pixel = 0;                // the first
};

BufferLook look_at(wl_resource* buffer);

// Its destruction tells: on_end.
class HeldBuffer {
 public:
  HeldBuffer(wl_resource* buffer, std::function<void()> on_end);

  wl_resource* resource() const { return watched_.get(); }
  std::uint32_t id() const { return id_; }
  // When it was committed, or looked at again.
  const BufferLook& look() const { return look_; }
  void look_again();
  // Nobody draws into it any more, by its memory's own fences.
  bool drawn() const;
  // Its pixels are others than when it was committed.
  bool changed() const;
  // Nothing if the client has destroyed it.
  void give_back() const;

 private:
  WatchedResource watched_;
  std::uint32_t id_;
  BufferLook look_;
};

}  // namespace drmshow::fake
