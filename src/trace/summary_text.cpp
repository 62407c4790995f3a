#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/printable.hpp"
#include "ring/time_math.hpp"
#include "trace/columns.hpp"
#include "trace/summary.hpp"
#include "trace/times.hpp"
#include "trace/wrapped.hpp"

namespace drmshow {
namespace {

using SummaryJson = nlohmann::ordered_json;

// That a summary for people shows; of events, the last ones.
constexpr std::size_t most_events = 20;
constexpr std::size_t most_settings_shown = 20;

std::string whose_text(const RecordingInfo& info) {
  std::string text = printable(info.program);
  if (!info.version.empty()) text += " " + printable(info.version);
  return fmt::format("{} (PID {})", text.empty() ? "A program" : text, info.pid);
}

std::string head_text(const Story& story, const RecordingInfo& info, bool live) {
  const std::string length = span_text(between(story.begin, story.end));
  const Time ended = info.died.value_or(story.end);
  const std::string end =
      wall_text(ended, day_clock(story, info).offset_at(ended), WallPlaces::seconds);
  const std::string all = between(info.begin, story.begin) > std::chrono::seconds{1}
                              ? "the last " + length + " are recorded"
                              : length + " are recorded";
  if (live) return fmt::format("{} is running; {}.", whose_text(info), all);
  // Who was not found dead may have lived on without anything to record.
  const char* how = info.ended ? "ended at" : info.died ? "died at" : "died after";
  return fmt::format("{} {} {}; {}.", whose_text(info), how, end, all);
}

std::vector<std::string> times_row(const char* what, const DurationHistogram& times) {
  const auto ms = [](Nanoseconds span) { return fmt::format("{:.2f}", in_milliseconds(span)); };
  return {std::string{"  "} + what, ms(times.min()), ms(times.median()), ms(times.percentile(99)),
          ms(times.max())};
}

std::string rate_text(Nanoseconds period) {
  if (period <= Nanoseconds{}) return "";
  return fmt::format(", {:.2f} Hz (a frame's time is {})",
                     1e9 / static_cast<double>(period.count()), span_text(period));
}

std::string output_text(const OutputSummary& output) {
  std::string text = fmt::format(
      "{}{}\n  {} frames submitted, {} shown, {} superseded, {} cancelled; missed blanks: {}\n",
      output.name, rate_text(output.period), output.counts.submitted, output.counts.shown,
      output.counts.superseded, output.counts.cancelled, output.all_missed());
  if (output.refusals > 0) {
    text += fmt::format(
        "  {} not taken at first\n",
        output.refusals == 1 ? "1 commit was" : fmt::format("{} commits were", output.refusals));
  }
  std::vector<std::vector<std::string>> rows{{"  ms", "min", "median", "p99", "max"}};
  const auto add = [&](const char* what, const DurationHistogram& times) {
    if (times.count() > 0) rows.push_back(times_row(what, times));
  };
  add("from frame to frame", output.interval);
  add("drawing", output.draw);
  add("GPU, after submit", output.fence);
  add("from submit to screen", output.latency);
  add("from commit to screen", output.flip);
  return rows.size() > 1 ? text + columns_text(rows, {false, true, true, true, true}) : text;
}

std::string events_text(const Story& story, const RecordingInfo& info) {
  if (story.events.empty()) return {};
  const DayClock day = day_clock(story, info);
  const std::size_t count = std::min(story.events.size(), most_events);
  std::string text = "\nWhat happened besides";
  if (count < story.events.size()) {
    text += fmt::format(" (the last {} of {})", count, story.events.size());
  }
  text += "\n";
  for (std::size_t i = story.events.size() - count; i < story.events.size(); ++i) {
    const StoryEvent& event = story.events[i];
    text += fmt::format("  {}  {}{}\n", wall_text(event.time, day.offset_at(event.time)),
                        event.kind == StoryEvent::Kind::error ? "error: " : "", event.text);
  }
  return text;
}

std::string settings_text(const Story& story) {
  if (story.settings.empty()) return {};
  std::string text = "\nHow it ran\n";
  std::size_t count = 0;
  for (const auto& [key, value] : story.settings) {
    if (++count > most_settings_shown) break;
    text += fmt::format("  {}: {}\n", key, value);
  }
  return text;
}

bool any_missed(const Summary& summary) {
  return std::ranges::any_of(summary.outputs,
                             [](const OutputSummary& output) { return output.all_missed() > 0; });
}

SummaryJson times_json(const DurationHistogram& times) {
  const auto us = [](Nanoseconds span) { return static_cast<double>(span.count()) / 1e3; };
  return {{"count", times.count()},
          {"min_us", us(times.min())},
          {"median_us", us(times.median())},
          {"p99_us", us(times.percentile(99))},
          {"max_us", us(times.max())}};
}

SummaryJson output_json(const OutputSummary& output) {
  return {{"name", output.name},
          {"crtc", output.crtc},
          {"period_ns", output.period.count()},
          {"frames",
           {{"submitted", output.counts.submitted},
            {"shown", output.counts.shown},
            {"superseded", output.counts.superseded},
            {"cancelled", output.counts.cancelled}}},
          {"missed_blanks",
           {{"drawing", output.missed[0]},
            {"fence", output.missed[1]},
            {"commit", output.missed[2]},
            {"busy", output.missed[3]},
            {"display", output.missed[4]},
            {"unknown", output.missed[5]}}},
          {"refused_commits", output.refusals},
          {"interval", times_json(output.interval)},
          {"draw", times_json(output.draw)},
          {"fence", times_json(output.fence)},
          {"latency", times_json(output.latency)},
          {"flip", times_json(output.flip)},
          {"verdict", verdict(output)}};
}

const char* kind_name(StoryEvent::Kind kind) {
  switch (kind) {
    case StoryEvent::Kind::note:
      return "note";
    case StoryEvent::Kind::seat:
      return "seat";
    case StoryEvent::Kind::hotplug:
      return "hotplug";
    case StoryEvent::Kind::output:
      return "output";
    case StoryEvent::Kind::gpu:
      return "gpu";
    case StoryEvent::Kind::error:
      return "error";
  }
  return "other";
}

}  // namespace

std::string summary_text(const Summary& summary, const Story& story, const RecordingInfo& info,
                         bool live) {
  if (story.records == 0) return whose_text(info) + " has recorded nothing.\n";
  std::string text = wrapped(head_text(story, info, live));
  for (const OutputSummary& output : summary.outputs) text += wrapped(verdict(output));
  if (summary.outputs.empty()) text += "No output is in it.\n";
  if (any_missed(summary)) {
    text += "The story of the last frame that came late: drm-trace why missed\n";
  }
  for (const OutputSummary& output : summary.outputs) text += "\n" + output_text(output);
  if (summary.left_out > 0) text += fmt::format("\nand {} more outputs\n", summary.left_out);
  return text + events_text(story, info) + settings_text(story);
}

std::string summary_json(const Summary& summary, const Story& story, const RecordingInfo& info,
                         bool live) {
  SummaryJson json{{"program", printable(info.program)},
                   {"version", printable(info.version)},
                   {"pid", info.pid},
                   {"state", live         ? "running"
                             : info.ended ? "ended"
                                          : "died"},
                   {"begin_ns", story.begin.time_since_epoch().count()},
                   {"end_ns", story.end.time_since_epoch().count()},
                   {"realtime_offset_ns", day_clock(story, info).offset_at(story.end).count()},
                   {"records", story.records},
                   {"settings", story.settings},
                   {"outputs", SummaryJson::array()},
                   {"events", SummaryJson::array()}};
  if (info.died) json["died_ns"] = info.died->time_since_epoch().count();
  for (const OutputSummary& output : summary.outputs) {
    json["outputs"].push_back(output_json(output));
  }
  for (const StoryEvent& event : story.events) {
    json["events"].push_back({{"time_ns", event.time.time_since_epoch().count()},
                              {"kind", kind_name(event.kind)},
                              {"text", event.text}});
  }
  return json.dump(2, ' ', false, SummaryJson::error_handler_t::replace) + "\n";
}

}  // namespace drmshow
