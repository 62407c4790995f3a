#include "trace/timeline_kernel.hpp"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace drmshow {
namespace {

constexpr std::size_t most_tracks = 128;  // of fences, and of those who wait for them
constexpr std::size_t most_lanes = 8;     // fences of one context that overlap

bool is_fence_event(const KernelEvent& event) {
  return event.name.starts_with("dma_fence_");
}

std::string fence_name(const KernelEvent& event) {
  return timeline_text(fmt::format("{} {} {}", event.field("driver"), event.field("timeline"),
                                   event.field("seqno")));
}

class KernelTracks {
 public:
  explicit KernelTracks(const std::map<std::size_t, std::uint64_t>& flows) : flows_{flows} {}
  void add(const KernelEvent& event, std::size_t nth);
  TimelineGroup finish();

 private:
  /// driver, timeline and context of a fence; seqno
  using Context = std::tuple<std::string, std::string, std::uint64_t>;
  struct Fences {
    std::map<std::uint64_t, Time> begun;  // by seqno
    std::vector<TimelineTrack> lanes;
  };

  void add_vblank(const KernelEvent& event, std::size_t nth);
  void add_fence(const KernelEvent& event);
  void end_fence(Fences& fences, const KernelEvent& event, std::uint64_t seqno);
  void add_wait(const KernelEvent& event);

  const std::map<std::size_t, std::uint64_t>& flows_;
  std::map<std::uint64_t, TimelineTrack> crtcs_;
  std::map<Context, Fences> fences_;
  std::map<int, TimelineTrack> waits_;
  Time end_{};
};

void KernelTracks::add(const KernelEvent& event, std::size_t nth) {
  end_ = std::max(end_, event.time);
  if (event.name.starts_with("drm_vblank_event")) return add_vblank(event, nth);
  if (event.name.starts_with("dma_fence_wait_")) return add_wait(event);
  if (is_fence_event(event)) add_fence(event);
}

void KernelTracks::add_vblank(const KernelEvent& event, std::size_t nth) {
  const auto crtc = event.number("crtc");
  if (!crtc || (!crtcs_.contains(*crtc) && crtcs_.size() >= most_tracks)) return;
  auto& track =
      crtcs_.try_emplace(*crtc, TimelineTrack{fmt::format("CRTC {}", *crtc)}).first->second;
  std::string_view what = "vblank";
  if (event.name.ends_with("_delivered")) what = "event delivered";
  if (event.name.ends_with("_queued")) what = "event queued";
  TimelineEvent& mark = track.instant(event.time, TimelineLook::kernel, what);
  const auto found = flows_.find(nth);
  if (found != flows_.end()) mark.flow = found->second;
  mark.arguments = {{"event", event.name}, {"fields", timeline_text(event.fields)}};
}

void KernelTracks::end_fence(Fences& fences, const KernelEvent& event, std::uint64_t seqno) {
  const auto found = fences.begun.find(seqno);
  const Time begin = found == fences.begun.end() ? event.time : found->second;
  if (found != fences.begun.end()) fences.begun.erase(found);
  auto lane =
      std::ranges::find_if(fences.lanes, [&](const auto& track) { return track.last() <= begin; });
  if (lane == fences.lanes.end() && fences.lanes.size() < most_lanes) {
    lane = fences.lanes.insert(lane, TimelineTrack{timeline_text(fmt::format(
                                         "fences of {} {}, context {}", event.field("driver"),
                                         event.field("timeline"), event.field("context")))});
  }
  if (lane == fences.lanes.end()) return;
  lane->begin(begin, TimelineLook::fence, fence_name(event));
  lane->end(event.time);
}

void KernelTracks::add_fence(const KernelEvent& event) {
  const auto seqno = event.number("seqno");
  const auto context = event.number("context");
  if (!seqno || !context) return;
  const Context key{std::string{event.field("driver")}, std::string{event.field("timeline")},
                    *context};
  if (!fences_.contains(key) && fences_.size() >= most_tracks) return;
  Fences& fences = fences_[key];
  if (event.name == "dma_fence_init" || event.name == "dma_fence_emit") {
    fences.begun.try_emplace(*seqno, event.time);
  } else if (event.name == "dma_fence_signaled") {
    end_fence(fences, event, *seqno);
  }
}

void KernelTracks::add_wait(const KernelEvent& event) {
  if (!waits_.contains(event.pid) && waits_.size() >= most_tracks) return;
  const std::string who =
      timeline_text(fmt::format("waiting for fences: {} {}", event.task, event.pid));
  auto& track = waits_.try_emplace(event.pid, TimelineTrack{who}).first->second;
  if (event.name.ends_with("_end")) return track.end(event.time);
  track.begin(event.time, TimelineLook::fence, fence_name(event));
}

TimelineGroup KernelTracks::finish() {
  TimelineGroup group{"kernel", {}};
  for (auto& [crtc, track] : crtcs_) group.tracks.push_back(std::move(track));
  for (auto& [context, fences] : fences_) {
    for (TimelineTrack& lane : fences.lanes) group.tracks.push_back(std::move(lane));
  }
  for (auto& [pid, track] : waits_) {
    track.end(end_);
    group.tracks.push_back(std::move(track));
  }
  return group;
}

}  // namespace

TimelineGroup kernel_group(std::span<const KernelEvent> events,
                           const std::map<std::size_t, std::uint64_t>& flow_of_event) {
  KernelTracks tracks{flow_of_event};
  for (std::size_t i = 0; i < events.size(); ++i) tracks.add(events[i], i);
  return tracks.finish();
}

}  // namespace drmshow
