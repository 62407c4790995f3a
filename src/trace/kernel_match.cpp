#include "trace/kernel_match.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace drmshow {
namespace {

constexpr std::string_view delivered = "drm_vblank_event_delivered";
constexpr std::string_view vblank = "drm_vblank_event";
constexpr Nanoseconds most_apart = std::chrono::milliseconds{50};

using OutputKey = std::pair<std::uint8_t, std::uint8_t>;

struct Delivery {
  Time time;
  std::size_t event;
  std::uint32_t sequence;
};
/// Of a CRTC, in the order of their times.
using Deliveries = std::vector<Delivery>;

bool goes_to_nobody(const KernelEvent& event) {
  const std::string_view file = event.field("file");
  return file.find_first_not_of('0') == std::string_view::npos || file == "(null)";
}

std::map<std::uint64_t, Deliveries> deliveries_of(std::span<const KernelEvent> events) {
  std::map<std::uint64_t, Deliveries> found;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto crtc = events[i].number("crtc");
    const auto sequence = events[i].number("seq");
    if (events[i].name != delivered || !crtc || !sequence || goes_to_nobody(events[i])) continue;
    found[*crtc].push_back({events[i].time, i, static_cast<std::uint32_t>(*sequence)});
  }
  for (auto& [crtc, list] : found) std::ranges::sort(list, {}, &Delivery::time);
  return found;
}

// What the kernel says when each vertical blank was: by CRTC and count.
using Blanks = std::map<std::pair<std::uint64_t, std::uint32_t>, Time>;

Blanks blanks_of(std::span<const KernelEvent> events) {
  Blanks blanks;
  for (const KernelEvent& event : events) {
    const auto crtc = event.number("crtc");
    const auto sequence = event.number("seq");
    const auto time = event.number("time");
    if (event.name != vblank || !crtc || !sequence || !time || *time == 0) continue;
    if (*time > static_cast<std::uint64_t>(TimelineTrack::most_time)) continue;
    blanks[{*crtc, static_cast<std::uint32_t>(*sequence)}] =
        Time{Nanoseconds{static_cast<std::int64_t>(*time)}};
  }
  return blanks;
}

Nanoseconds apart(Time a, Time b) {
  return a < b ? b - a : a - b;
}

struct CrtcMatch {
  std::size_t matched = 0;
  Nanoseconds sum{};
  std::vector<std::pair<std::size_t, std::size_t>> pairs;  // flip, event
};

const Delivery* nearest(const TimelineFlip& flip, const Deliveries& list,
                        const std::set<std::size_t>& taken) {
  auto at = std::ranges::lower_bound(list, flip.shown - most_apart, {}, &Delivery::time);
  const Delivery* best = nullptr;
  for (; at != list.end() && at->time <= flip.shown + most_apart; ++at) {
    if (at->sequence != flip.sequence || taken.contains(at->event)) continue;
    if (!best || apart(at->time, flip.shown) < apart(best->time, flip.shown)) best = &*at;
  }
  return best;
}

CrtcMatch match_with(std::span<const TimelineFlip> flips, const std::vector<std::size_t>& of_output,
                     const Deliveries& list) {
  CrtcMatch match;
  std::set<std::size_t> taken;
  for (const std::size_t flip : of_output) {
    const Delivery* found = nearest(flips[flip], list, taken);
    if (!found) continue;
    taken.insert(found->event);
    ++match.matched;
    match.sum += apart(found->time, flips[flip].shown);
    match.pairs.emplace_back(flip, found->event);
  }
  return match;
}

// Most matches; of those the nearest ones: displays without vertical blanks all count 0.
bool is_better(const CrtcMatch& a, const CrtcMatch& b) {
  return a.matched != b.matched ? a.matched > b.matched : a.sum < b.sum;
}

}  // namespace

FlipMatches match_flips(std::span<const TimelineFlip> flips, std::span<const KernelEvent> events) {
  FlipMatches matches;
  matches.flips = flips.size();
  matches.event_of.resize(flips.size());
  std::map<OutputKey, std::vector<std::size_t>> outputs;
  for (std::size_t i = 0; i < flips.size(); ++i) {
    outputs[{flips[i].stream, flips[i].output}].push_back(i);
  }
  const auto crtcs = deliveries_of(events);
  const Blanks blanks = blanks_of(events);
  for (const auto& [output, of_output] : outputs) {
    CrtcMatch best;
    for (const auto& [crtc, list] : crtcs) {
      CrtcMatch match = match_with(flips, of_output, list);
      if (match.matched == 0 || !is_better(match, best)) continue;
      best = std::move(match);
      matches.crtc_of[output] = crtc;
    }
    matches.matched += best.matched;
    for (const auto& [flip, event] : best.pairs) {
      const TimelineFlip& shown = flips[flip];
      matches.event_of[flip] = event;
      const auto blank = blanks.find({matches.crtc_of[output], shown.sequence});
      const Time told = blank == blanks.end() ? events[event].time : blank->second;
      matches.largest = std::max(matches.largest, apart(told, shown.shown));
      matches.delivery = std::max(matches.delivery, events[event].time - shown.shown);
    }
  }
  return matches;
}

std::string match_text(const FlipMatches& matches) {
  using Milliseconds = std::chrono::duration<double, std::milli>;
  std::string text = fmt::format("{} of {} page flips found among the kernel's events",
                                 matches.matched, matches.flips);
  if (matches.matched > 0) {
    text += fmt::format(
        ": times differ by {:.3f} ms at most, and events were delivered {:.3f} ms later at most",
        Milliseconds{matches.largest}.count(), Milliseconds{matches.delivery}.count());
  }
  return text;
}

}  // namespace drmshow
