// A snapshot around a single property: what decode() and value_text() are asked about.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "drm-show/snapshot.hpp"
#include "query/values/decoded.hpp"
#include "query/values/value.hpp"

namespace drmshow::test {

using Bytes = std::vector<std::byte>;

/// The bytes of numbers one after the other, as the kernel lays out arrays.
template <class T>
Bytes bytes_of(const std::vector<T>& values) {
  const auto bytes = std::as_bytes(std::span{values});
  return {bytes.begin(), bytes.end()};
}
template <class T>
Bytes bytes_of_one(const T& value) {
  return bytes_of(std::vector<T>{value});
}
Bytes bytes_of_text(const std::string& text);

PropertyInfo make_info(const std::string& name, PropertyKind kind,
                       std::vector<PropertyInfo::Entry> entries = {},
                       std::vector<std::uint64_t> limits = {});

Decoded decoded(const PropertyInfo& info, std::uint64_t value);
ValueText text_of(const PropertyInfo& info, std::uint64_t value);

/// Blob 42 as the value of a property of that name.
Decoded decoded_blob(const std::string& name, const Bytes& bytes);
ValueText text_of_blob(const std::string& name, const Bytes& bytes);

/// Colour operations of a plane, in a chain or any other shape.
class PipelineBuilder {
 public:
  /// `type`: the value and name of its TYPE.
  void op(std::uint32_t id, PropertyInfo::Entry type, std::uint32_t next);
  /// DATA for the operation that was made last, with the bytes as blob `blob`.
  void data(std::uint32_t blob, const Bytes& bytes);
  void property(PropertyInfo info, std::uint64_t value);

  SnapshotData data_;
};

inline const PropertyInfo::Entry curve_1d{0, "1D Curve"};
inline const PropertyInfo::Entry lut_1d{1, "1D LUT"};
inline const PropertyInfo::Entry matrix_3x4{2, "3x4 Matrix"};

}  // namespace drmshow::test
