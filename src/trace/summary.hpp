// How the outputs of a recording fared: counts, missed blanks and times, and in plain words whether
// it stuttered. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "drm-show/frame_stats.hpp"
#include "drm-show/recording.hpp"
#include "trace/story.hpp"

namespace drmshow {

struct OutputSummary {
  std::string name;
  std::uint32_t crtc = 0;
  Nanoseconds period{};  ///< of its vertical blanks; 0: not known
  FrameCounts counts;
  std::array<std::uint64_t, miss_reasons + 1> missed{};  ///< by MissReason; last: for another one
  std::uint64_t refusals = 0;                            ///< commits that were not taken at first
  DurationHistogram interval;  ///< from one frame on the screen to the next
  DurationHistogram latency;   ///< from submit until it is on the screen
  DurationHistogram flip;      ///< from commit until it is on the screen
  DurationHistogram draw;
  DurationHistogram fence;  ///< from submit until the GPU is done

  std::uint64_t all_missed() const;
};

struct Summary {
  std::vector<OutputSummary> outputs;  ///< by name; presenters that followed each other are one
  std::size_t left_out = 0;            ///< outputs beyond those: no real recording has so many
};

Summary summarise(const Story& story);

/// "because drawing was late"
std::string reason_words(std::uint8_t reason);
/// "DP-1 stuttered: 3 of 1203 vertical blanks …"
std::string verdict(const OutputSummary& output);

std::string summary_text(const Summary& summary, const Story& story, const RecordingInfo& info,
                         bool live);
std::string summary_json(const Summary& summary, const Story& story, const RecordingInfo& info,
                         bool live);

}  // namespace drmshow
