#include "drm-show/frame_stats.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace drmshow {
namespace {

// Nanoseconds, and 64 steps an octave. The first octave, below 2^10 ns, is linear; octave n > 0
// starts at 2^(n + 9) ns. The last step of the last octave has everything above as well.
constexpr unsigned step_bits = 6;
constexpr unsigned linear_bits = 10;

constexpr std::size_t bucket_of(std::uint64_t value, std::size_t buckets) {
  if (value < 1u << linear_bits) return value >> (linear_bits - step_bits);
  const auto exponent = static_cast<unsigned>(std::bit_width(value)) - 1;
  const std::size_t octave = exponent - linear_bits + 1;
  const std::size_t step = (value >> (exponent - step_bits)) & ((1u << step_bits) - 1);
  return std::min((octave << step_bits) + step, buckets - 1);
}

constexpr Nanoseconds start_of(std::size_t bucket) {
  const std::size_t octave = bucket >> step_bits;
  const std::uint64_t step = bucket & ((1u << step_bits) - 1);
  const unsigned linear_shift = linear_bits - step_bits;
  if (octave == 0) return Nanoseconds{step << linear_shift};
  return Nanoseconds{((1u << step_bits) + step) << (linear_shift + octave - 1)};
}

std::uint64_t not_negative(Nanoseconds value) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(0, value.count()));
}

}  // namespace

void DurationHistogram::add(Nanoseconds value) {
  value = std::max(value, Nanoseconds{});
  const std::size_t at = bucket_of(not_negative(value), buckets_.size());
  // 2^32 frames are half a year at 240 Hz.
  if (buckets_[at] != std::numeric_limits<std::uint32_t>::max()) {
    ++buckets_[at];
    excess_[at] += not_negative(std::min(value, start_of(at + 1)) - start_of(at));
  }
  min_ = count_ == 0 ? value : std::min(min_, value);
  max_ = std::max(max_, value);
  ++count_;
}

void DurationHistogram::add(const DurationHistogram& other) {
  if (other.count_ == 0) return;
  constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
  for (std::size_t i = 0; i < buckets_.size(); ++i) {
    const std::uint64_t sum = std::uint64_t{buckets_[i]} + other.buckets_[i];
    buckets_[i] = static_cast<std::uint32_t>(std::min(sum, most));
    excess_[i] += other.excess_[i];
  }
  min_ = count_ == 0 ? other.min_ : std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
  count_ += other.count_;
}

void OutputStats::add(const OutputStats& other) {
  counts.submitted += other.counts.submitted;
  counts.shown += other.counts.shown;
  counts.superseded += other.counts.superseded;
  counts.cancelled += other.counts.cancelled;
  for (std::size_t i = 0; i < missed.size(); ++i) missed[i] += other.missed[i];
  for (std::size_t i = 0; i < held_back.size(); ++i) held_back[i] += other.held_back[i];
  latency.add(other.latency);
  interval.add(other.interval);
  flip.add(other.flip);
}

Nanoseconds DurationHistogram::percentile(double percent) const {
  if (count_ == 0) return {};
  std::uint64_t all = 0;
  for (const std::uint32_t bucket : buckets_) all += bucket;
  const double share = std::clamp(percent, 0.0, 100.0) / 100 * static_cast<double>(all);
  const auto rank = static_cast<std::uint64_t>(std::ceil(share));
  if (rank <= 1) return min_;
  if (rank >= all) return max_;
  std::uint64_t before = 0;
  std::size_t at = 0;
  while (before + buckets_[at] < rank) before += buckets_[at++];
  const auto mean = static_cast<std::int64_t>(excess_[at] / buckets_[at]);
  return std::clamp(start_of(at) + Nanoseconds{mean}, min_, max_);
}

std::uint64_t DurationHistogram::count_between(Nanoseconds from, Nanoseconds to) const {
  const Nanoseconds beyond = start_of(buckets_.size());  // all of that is in the last bucket
  if (from >= beyond) return 0;
  const std::size_t first = bucket_of(not_negative(from), buckets_.size());
  const bool to_the_end = to >= beyond;
  const std::size_t end =
      to_the_end ? buckets_.size() : bucket_of(not_negative(to), buckets_.size());
  std::uint64_t sum = 0;
  for (std::size_t i = first; i < end; ++i) sum += buckets_[i];
  return sum;
}

std::optional<DurationHistogram::Bin> DurationHistogram::bin_from(Nanoseconds start) const {
  if (start >= start_of(buckets_.size())) return std::nullopt;
  for (std::size_t i = bucket_of(not_negative(start), buckets_.size()); i < buckets_.size(); ++i) {
    if (buckets_[i] == 0) continue;
    const bool last = i + 1 == buckets_.size();
    return Bin{start_of(i), last ? Nanoseconds::max() : start_of(i + 1), buckets_[i]};
  }
  return std::nullopt;
}

}  // namespace drmshow
