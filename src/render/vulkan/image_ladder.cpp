#include "render/vulkan/image_ladder.hpp"

#include <algorithm>
#include <iterator>

#include "drm/modifier_rank.hpp"
#include "render/vulkan/pixel_format.hpp"

namespace drmshow {
namespace {

/// A way, and what it is sorted by.
struct Candidate {
  ImageWay way;
  ModifierRank rank = ModifierRank::linear;
  std::size_t others = 0;  ///< so many of the other planes could show it, too
};

bool contains(const std::vector<Modifier>& modifiers, Modifier modifier) {
  return std::ranges::find(modifiers, modifier) != modifiers.end();
}

/// Whether a plane lists the format in a way that `fits` (of its modifiers).
template <class Fits>
bool lists(const PlaneFormats& plane, Format format, const Fits& fits) {
  return std::ranges::any_of(plane, [&](const FormatModifiers& row) {
    return row.format == format && fits(row.modifiers);
  });
}

bool shows(const PlaneFormats& plane, Format format, Modifier modifier) {
  return lists(plane, format, [&](const auto& listed) { return contains(listed, modifier); });
}

/// Without being told how: in plain lines, unless it has said that it cannot show those.
bool shows_lines(const PlaneFormats& plane, Format format) {
  return lists(plane, format, [](const auto& listed) {
    return listed.empty() || contains(listed, modifiers::linear) ||
           contains(listed, modifiers::invalid);
  });
}

class Ladder {
 public:
  Ladder(const ScanoutWish& wish, const GpuImageFormats& gpu) : wish_{wish}, gpu_{gpu} {}

  /// The ways with formats of this class that need no copy.
  std::vector<ImageWay> shared(FormatClass quality) const {
    std::vector<Candidate> candidates;
    for_each(quality, [&](const GpuFormat& format) { add(candidates, format); });
    std::ranges::stable_sort(candidates, is_better);
    std::vector<ImageWay> ways;
    std::ranges::transform(candidates, std::back_inserter(ways), &Candidate::way);
    return ways;
  }

  /// The way that is left with formats of this class: at most one.
  std::vector<ImageWay> copied(FormatClass quality) const {
    std::vector<ImageWay> ways;
    for_each(quality, [&](const GpuFormat& format) {
      if (ways.empty() && lines_shown_by_all(format.format)) {
        ways.push_back({ImageRung::copy, format.format, {}});
      }
    });
    return ways;
  }

 private:
  template <class Use>
  void for_each(FormatClass quality, const Use& use) const {
    for (const PixelFormat& known : pixel_formats()) {
      if (known.quality != quality) continue;
      const auto found = std::ranges::find(gpu_, known.drm, &GpuFormat::format);
      if (found != gpu_.end()) use(*found);
    }
  }

  static bool is_better(const Candidate& a, const Candidate& b) {
    if (a.way.rung != b.way.rung) return a.way.rung < b.way.rung;
    if (a.rank != b.rank) return a.rank < b.rank;
    return a.others > b.others;
  }

  void add(std::vector<Candidate>& candidates, const GpuFormat& gpu) const {
    const auto add_way = [&](ImageRung rung, Modifier modifier) {
      candidates.push_back({{rung, gpu.format, modifier},
                            modifier_rank(modifier),
                            others_showing(gpu.format, modifier)});
    };
    for (const Modifier modifier : gpu.modifiers) {
      const bool special = modifier != modifiers::linear && modifier != modifiers::invalid;
      if (special && shown_by_all(gpu.format, modifier)) add_way(ImageRung::modifier, modifier);
    }
    const bool lines = lines_shown_by_all(gpu.format);
    if (gpu.shares_lines && shown_by_all(gpu.format, modifiers::linear)) {
      add_way(ImageRung::linear, modifiers::linear);
    }
    if (gpu.shares_lines && lines) add_way(ImageRung::implicit, modifiers::linear);
    if (gpu.takes_lines && lines) add_way(ImageRung::display, modifiers::linear);
  }

  bool shown_by_all(Format format, Modifier modifier) const {
    return wish_.explicit_modifiers && std::ranges::all_of(wish_.planes, [&](const auto& plane) {
             return shows(plane, format, modifier);
           });
  }

  bool lines_shown_by_all(Format format) const {
    return std::ranges::all_of(wish_.planes,
                               [&](const auto& plane) { return shows_lines(plane, format); });
  }

  std::size_t others_showing(Format format, Modifier modifier) const {
    const auto count = std::ranges::count_if(
        wish_.others, [&](const auto& plane) { return shows(plane, format, modifier); });
    return static_cast<std::size_t>(count);
  }

  const ScanoutWish& wish_;
  const GpuImageFormats& gpu_;
};

void append(std::vector<ImageWay>& ways, std::vector<ImageWay> more) {
  ways.insert(ways.end(), more.begin(), more.end());
}

}  // namespace

std::vector<ImageWay> image_ways(const ScanoutWish& wish, const GpuImageFormats& gpu) {
  if (wish.planes.empty()) return {};
  const Ladder ladder{wish, gpu};
  constexpr FormatClass good[] = {FormatClass::exact, FormatClass::with_alpha, FormatClass::deep};
  std::vector<ImageWay> ways;
  for (const FormatClass quality : good) append(ways, ladder.shared(quality));
  for (const FormatClass quality : good) {
    std::vector<ImageWay> copied = ladder.copied(quality);
    append(ways, copied);
    if (!copied.empty()) return ways;
  }
  append(ways, ladder.shared(FormatClass::coarse));
  append(ways, ladder.copied(FormatClass::coarse));
  return ways;
}

}  // namespace drmshow
