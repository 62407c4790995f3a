#include "content/vertex_table.hpp"

#include <algorithm>

namespace drmshow {
namespace {

constexpr std::size_t kFirstPlaces = 1024;

// The finaliser of MurmurHash3: every bit of the input flips half of the output's.
constexpr std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ x >> 33) * 0xff51afd7ed558ccdu;
  x = (x ^ x >> 33) * 0xc4ceb9fe1a85ec53u;
  return x ^ x >> 33;
}

}  // namespace

std::size_t VertexTable::first_place(const VertexKey& key) const {
  const std::uint64_t low = std::uint64_t{key.uv} << 32 | key.position;
  return mixed(mixed(low ^ seed_) + key.normal) & (places_.size() - 1);
}

std::size_t VertexTable::place(const VertexKey& key) const {
  std::size_t at = first_place(key);
  while (places_[at] != kFree && keys_[places_[at]] != key) at = (at + 1) & (places_.size() - 1);
  return at;
}

std::uint32_t VertexTable::add(const VertexKey& key) {
  if (keys_.size() >= places_.size() / 4 * 3) grow();
  std::uint32_t& at = places_[place(key)];
  if (at == kFree) {
    at = static_cast<std::uint32_t>(keys_.size());
    keys_.push_back(key);
  }
  return at;
}

void VertexTable::grow() {
  const std::size_t count = std::max(kFirstPlaces, places_.size() * 2);
  places_ = {};  // the old ones are of no use, and need not be held along with the new ones
  places_.resize(count, kFree);
  for (std::uint32_t i = 0; i < keys_.size(); ++i) places_[place(keys_[i])] = i;
}

}  // namespace drmshow
