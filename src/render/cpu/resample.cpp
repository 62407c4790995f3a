#include "render/cpu/resample.hpp"

#include <algorithm>
#include <cassert>

#include "render/cpu/srgb.hpp"

namespace drmshow {

Resampler::Resampler(Size source, const SourceRect& part, Size dest)
    : across_{source.width, part.x, part.width, dest.width},
      down_{source.height, part.y, part.height, dest.height},
      left_{static_cast<std::size_t>(across_.first(0))} {
  const auto width = static_cast<std::size_t>(dest.width);
  const auto right = static_cast<std::size_t>(across_.first(dest.width - 1) + across_.taps());
  if (copies()) {
    copied_.resize(width);
    return;
  }
  expanded_.resize(right - left_);
  held_.resize(width * static_cast<std::size_t>(down_.taps()));
  filtered_.resize(static_cast<std::size_t>(down_.taps()));
}

std::size_t Resampler::held_at(int row) const {
  return static_cast<std::size_t>(row % down_.taps()) * static_cast<std::size_t>(across_.size());
}

void Resampler::push(std::span<const Pixel> row) {
  const int y = rows_in_++;
  if (rows_out_ == down_.size() || y < down_.first(rows_out_)) return;
  if (copies()) {
    std::copy_n(row.begin() + static_cast<std::ptrdiff_t>(left_), copied_.size(), copied_.begin());
    return;
  }
  expand(row.subspan(left_, expanded_.size()));
  filter_across(std::span{held_}.subspan(held_at(y), static_cast<std::size_t>(across_.size())));
}

bool Resampler::pull(std::span<Pixel> row) {
  assert(row.size() == static_cast<std::size_t>(across_.size()));
  if (rows_out_ == down_.size() || rows_in_ < down_.first(rows_out_) + down_.taps()) return false;
  const int y = rows_out_++;
  if (copies()) {
    std::ranges::copy(copied_, row.begin());
    return true;
  }
  for (int tap = 0; tap < down_.taps(); ++tap)
    filtered_[static_cast<std::size_t>(tap)] = &held_[held_at(down_.first(y) + tap)];
  const std::span<const float> weights = down_.weights(y);
  for (std::size_t x = 0; x < row.size(); ++x) {
    Vec4 sum{};
    for (std::size_t tap = 0; tap < weights.size(); ++tap)
      sum += filtered_[tap][x].value * weights[tap];
    row[x] = encode(sum);
  }
  return true;
}

void Resampler::expand(std::span<const Pixel> row) {
  const auto& light = srgb_tables().light;
  for (std::size_t x = 0; x < row.size(); ++x) {
    const Pixel pixel = row[x];
    const Vec4 value{light[pixel & 0xff], light[pixel >> 8 & 0xff], light[pixel >> 16 & 0xff], 1};
    const Pixel alpha = pixel >> 24;
    expanded_[x].value = alpha == 0xff ? value : value * (static_cast<float>(alpha) / 255.0f);
  }
}

void Resampler::filter_across(std::span<Light> out) const {
  const auto taps = static_cast<std::size_t>(across_.taps());
  for (int x = 0; x < across_.size(); ++x) {
    const Light* from = expanded_.data() + (static_cast<std::size_t>(across_.first(x)) - left_);
    const float* weight = across_.weights(x).data();
    Vec4 sum{};
    for (std::size_t tap = 0; tap < taps; ++tap) sum += from[tap].value * weight[tap];
    out[static_cast<std::size_t>(x)].value = sum;
  }
}

Pixel Resampler::encode(Vec4 light) {
  const auto& code = srgb_tables().code;
  // The filters overshoot at edges: alpha may leave 0 to 1, colours 0 to alpha.
  const auto alpha = static_cast<Pixel>(std::clamp(light[3], 0.0f, 1.0f) * 255.0f + 0.5f);
  if (alpha == 0) return 0;
  if (alpha != 0xff) light /= light[3];
  const Vec4 scaled = light * static_cast<float>(SrgbTables::kSteps) + 0.5f;
  const auto look_up = [&](float value) {
    const float step = std::clamp(value, 0.0f, static_cast<float>(SrgbTables::kSteps));
    return Pixel{code[static_cast<std::size_t>(static_cast<int>(step))]};
  };
  return alpha << 24 | look_up(scaled[2]) << 16 | look_up(scaled[1]) << 8 | look_up(scaled[0]);
}

}  // namespace drmshow
