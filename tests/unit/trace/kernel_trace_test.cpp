// Tracepoints: reading them, and which flip each belongs to. The lines are of real kernels.
#include "trace/kernel_trace.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "trace/kernel_match.hpp"
#include "trace/timeline_kernel.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

KernelEvent event_of(std::string_view line) {
  const auto event = parse_kernel_event(line);
  EXPECT_TRUE(event) << line;
  return event.value_or(KernelEvent{});
}

TEST(KernelTrace, ALineOfAPageFlip) {
  const KernelEvent event = event_of(
      "    kworker/u4:1-25      [001] d..1.    11.395336: drm_vblank_event_delivered: "
      "file=0000000008dd5286, crtc=0, seq=17");
  EXPECT_EQ(event.time, Time{11s + 395336us});
  EXPECT_EQ(event.name, "drm_vblank_event_delivered");
  EXPECT_EQ(event.task, "kworker/u4:1");
  EXPECT_EQ(event.pid, 25);
  EXPECT_EQ(event.number("crtc"), 0u);
  EXPECT_EQ(event.number("seq"), 17u);
  EXPECT_EQ(event.field("file"), "0000000008dd5286");
  EXPECT_EQ(event.field("rtc"), "") << "the end of a name is not the name";
  EXPECT_EQ(event.number("file"), std::nullopt);
}

TEST(KernelTrace, ALineOfAFence) {
  const KernelEvent event = event_of(
      " Xorg-1 [012] ...1. 4000000.000001: dma_fence_signaled: driver=amdgpu timeline=gfx "
      "context=3 seqno=77\n");
  EXPECT_EQ(event.number("context"), 3u);
  EXPECT_EQ(event.number("seqno"), 77u);
}

TEST(KernelTrace, NamesOfTasksMayBeOdd) {
  EXPECT_EQ(event_of("a [1] b: 1.5: c-99 [000] d..1. 7.000001: e: x=1").name, "e");
  EXPECT_EQ(event_of("a [1] b: 1.5: c-99 [000] d..1. 7.000001: e: x=1").pid, 99);
}

TEST(KernelTrace, WhatIsNoEvent) {
  for (const char* line :
       {"", "# tracer: nop", "CPU:0 [LOST 12 EVENTS]", "a-1 [000] d..1. 7.000001",
        "a-1 [000] d..1. 7.0001: e: f", "a-1 [000] d..1. x.000001: e: f",
        "a-1 [000] d..1. 99999999999.000001: e: f", "a-1 [000", " [", "a-1 [000] : : :",
        "a-1 [000] d..1. 7.-00001: e: f", "a-1 [000] d..1. 7.000001: two words: f"}) {
    EXPECT_FALSE(parse_kernel_event(line)) << line;
  }
}

TEST(KernelTrace, LostEventsAreCounted) {
  EXPECT_EQ(lost_kernel_events("CPU:0 [LOST 12 EVENTS]"), 12u);
  EXPECT_EQ(lost_kernel_events("CPU:0 [LOST x EVENTS]"), 0u);
  EXPECT_EQ(lost_kernel_events("a-1 [000] d..1. 7.000001: e: [LOST 12 EVENTS]"), 0u);
}

KernelEvent delivered(Time time, int crtc, unsigned sequence, const char* file = "0001") {
  KernelEvent event;
  event.time = time;
  event.name = "drm_vblank_event_delivered";
  event.fields = std::string{"file="} + file + ", crtc=" + std::to_string(crtc) +
                 ", seq=" + std::to_string(sequence);
  return event;
}

constexpr Time flip_start{50s};

TimelineFlip flip(std::uint8_t output, std::uint32_t sequence, Nanoseconds shown) {
  return {0, output, sequence, 1, flip_start + shown};
}

TEST(KernelMatch, ByTheCountOfVerticalBlanks) {
  const std::vector<TimelineFlip> flips{flip(0, 7, 0ms), flip(0, 8, 16ms), flip(0, 9, 32ms)};
  const std::vector<KernelEvent> events{
      delivered(flip_start + 33ms, 0, 9), delivered(flip_start + 16ms, 0, 8),
      delivered(flip_start + 1ms, 0, 8), delivered(flip_start + 200ms, 0, 7)};
  const FlipMatches matches = match_flips(flips, events);
  EXPECT_EQ(matches.matched, 2u);
  EXPECT_EQ(matches.event_of[0], std::nullopt) << "too far away";
  EXPECT_EQ(matches.event_of[1], 1u) << "the nearer one";
  EXPECT_EQ(matches.event_of[2], 0u);
  EXPECT_EQ(matches.largest, Nanoseconds{1ms});
  EXPECT_EQ(match_text(matches),
            "2 of 3 page flips found among the kernel's events: times differ by 1.000 ms at most, "
            "and events were delivered 1.000 ms later at most");
}

// The flip has the blank's time; its event may be delivered when a processor has time for it.
TEST(KernelMatch, TheKernelSaysWhenTheBlankWas) {
  const std::vector<TimelineFlip> flips{flip(0, 7, 0ms)};
  KernelEvent blank = delivered(flip_start + 8ms, 0, 7);
  blank.name = "drm_vblank_event";
  blank.fields = "crtc=0, seq=7, time=50000000900, high-prec=true";
  KernelEvent other = blank;
  other.fields = "crtc=1, seq=7, time=50300000000, high-prec=true";
  const std::vector<KernelEvent> events{delivered(flip_start + 7ms, 0, 7), blank, other};
  const FlipMatches matches = match_flips(flips, events);
  EXPECT_EQ(matches.matched, 1u);
  EXPECT_EQ(matches.largest, Nanoseconds{900});
  EXPECT_EQ(matches.delivery, Nanoseconds{7ms});
}

TEST(KernelMatch, WithoutCountsTimeDecides) {
  const std::vector<TimelineFlip> flips{flip(0, 0, 0ms), flip(0, 0, 16ms)};
  const std::vector<KernelEvent> events{delivered(flip_start, 0, 0, "0000000000000000"),
                                        delivered(flip_start + 10us, 0, 0),
                                        delivered(flip_start + 16ms, 0, 0)};
  const FlipMatches matches = match_flips(flips, events);
  EXPECT_EQ(matches.event_of[0], 1u) << "not what went to nobody";
  EXPECT_EQ(matches.event_of[1], 2u);
  EXPECT_EQ(matches.largest, Nanoseconds{10us});
}

TEST(KernelMatch, AnEventIsOfOneFlipOnly) {
  const std::vector<TimelineFlip> flips{flip(0, 0, 0ms), flip(0, 0, 1ms)};
  const std::vector<KernelEvent> events{delivered(flip_start, 0, 0)};
  EXPECT_EQ(match_flips(flips, events).matched, 1u);
}

// Records say KMS ids, tracepoints indices.
TEST(KernelMatch, TheCrtcIsTheOneThatFits) {
  const std::vector<TimelineFlip> flips{flip(0, 5, 0ms), flip(1, 5, 4ms), flip(0, 6, 16ms),
                                        flip(1, 6, 20ms)};
  std::vector<KernelEvent> events;
  for (unsigned i = 0; i < 2; ++i) {
    events.push_back(delivered(flip_start + i * 16ms, 1, 5 + i));
    events.push_back(delivered(flip_start + 4ms + i * 16ms, 0, 5 + i));
  }
  const FlipMatches matches = match_flips(flips, events);
  EXPECT_EQ(matches.matched, 4u);
  EXPECT_EQ(matches.largest, Nanoseconds{0});
  EXPECT_EQ(matches.crtc_of.at({0, 0}), 1u);
  EXPECT_EQ(matches.crtc_of.at({0, 1}), 0u);
}

TEST(KernelTimeline, FencesLastFromTheirMakingToTheirSignal) {
  std::vector<KernelEvent> events;
  const auto add = [&](const char* name, Nanoseconds at, const char* seqno) {
    KernelEvent event;
    event.time = flip_start + at;
    event.name = name;
    event.fields = std::string{"driver=gpu timeline=gfx context=3 seqno="} + seqno;
    events.push_back(event);
  };
  add("dma_fence_init", 0ms, "1");
  add("dma_fence_init", 2ms, "2");
  add("dma_fence_signaled", 5ms, "1");
  add("dma_fence_signaled", 6ms, "2");
  add("dma_fence_wait_start", 3ms, "2");
  add("dma_fence_wait_end", 6ms, "2");
  events.push_back(delivered(flip_start + 7ms, 1, 5));
  const TimelineGroup group = kernel_group(events, {{6, 99}});
  ASSERT_EQ(group.tracks.size(), 4u) << "a CRTC, two fences at a time, one who waits";
  EXPECT_EQ(group.tracks[0].events().at(0).flow, 99u);
  EXPECT_EQ(group.tracks[1].events().at(0).begin, flip_start);
  EXPECT_EQ(group.tracks[1].events().at(0).end, flip_start + 5ms);
  EXPECT_EQ(group.tracks[2].events().at(0).begin, flip_start + 2ms);
  EXPECT_EQ(group.tracks[3].events().at(0).end, flip_start + 6ms);
}

}  // namespace
}  // namespace drmshow
