// Finds the vertices of a mesh again by what a file says they are made of: a flat hash table of
// indices, 4 bytes a place, at most three quarters full. Pure.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace drmshow {

/// A vertex in numbers of a file, from 1.
struct VertexKey {
  static constexpr std::uint32_t none = 0;
  /// As a normal: none, and the faces around are not smoothed.
  static constexpr std::uint32_t flat = std::numeric_limits<std::uint32_t>::max();

  std::uint32_t position = none;
  std::uint32_t uv = none;
  std::uint32_t normal = none;

  friend constexpr bool operator==(const VertexKey&, const VertexKey&) = default;
};

class VertexTable {
 public:
  /// `seed`: what nobody who writes a file can know, so that no file can make all keys collide.
  explicit VertexTable(std::uint64_t seed) : seed_{seed} {}

  /// The index of `key`: keys().size() as it was before if it was not there yet.
  std::uint32_t add(const VertexKey& key);

  const std::vector<VertexKey>& keys() const { return keys_; }
  /// Gives the keys away; the table is good for nothing more.
  std::vector<VertexKey> take_keys() { return std::move(keys_); }

 private:
  static constexpr std::uint32_t kFree = std::numeric_limits<std::uint32_t>::max();

  std::size_t first_place(const VertexKey& key) const;
  std::size_t place(const VertexKey& key) const;
  void grow();

  std::uint64_t seed_;
  std::vector<VertexKey> keys_;
  std::vector<std::uint32_t> places_;  // a power of two; indices of keys_, or kFree
};

}  // namespace drmshow
