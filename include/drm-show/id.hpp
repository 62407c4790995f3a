// Object ids of the kernel's mode-setting objects, typed so that a plane id cannot be passed for a
// CRTC id. 0 is the kernel's "no object" (drm_mode.h), here `Id{}`.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace drmshow {

template <class Tag>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::uint32_t raw) : raw_{raw} {}

  constexpr std::uint32_t raw() const { return raw_; }
  constexpr explicit operator bool() const { return raw_ != 0; }
  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  std::uint32_t raw_ = 0;
};

using ConnectorId = Id<struct ConnectorTag>;
using EncoderId = Id<struct EncoderTag>;
using CrtcId = Id<struct CrtcTag>;
using PlaneId = Id<struct PlaneTag>;
using FramebufferId = Id<struct FramebufferTag>;
using BlobId = Id<struct BlobTag>;
using PropertyId = Id<struct PropertyTag>;

/// Position of a CRTC in the device's list: what the bits of `possible_crtcs` count. Not an id.
class CrtcIndex {
 public:
  constexpr CrtcIndex() = default;
  constexpr explicit CrtcIndex(unsigned raw) : raw_{raw} {}

  constexpr unsigned raw() const { return raw_; }
  constexpr unsigned value() const { return raw_; }
  constexpr std::uint32_t bit() const { return std::uint32_t{1} << raw_; }
  friend constexpr auto operator<=>(CrtcIndex, CrtcIndex) = default;

 private:
  unsigned raw_ = 0;
};

}  // namespace drmshow

template <class Tag>
struct std::hash<drmshow::Id<Tag>> {
  std::size_t operator()(drmshow::Id<Tag> id) const noexcept {
    return std::hash<std::uint32_t>{}(id.raw());
  }
};
