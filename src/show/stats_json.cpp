#include <nlohmann/json.hpp>

#include <array>

#include "show/stats_text.hpp"

namespace drmshow {
namespace {

using Json = nlohmann::ordered_json;

double microseconds(Nanoseconds span) {
  return static_cast<double>(span.count()) / 1e3;
}

// Each [from, to, count]; `to` is null for what is too long to be told apart.
Json bins_json(const DurationHistogram& times) {
  Json bins = Json::array();
  for (auto bin = times.bin_from({}); bin; bin = times.bin_from(bin->to)) {
    const Json to = bin->to == Nanoseconds::max() ? Json{} : Json(microseconds(bin->to));
    bins.push_back(Json::array({microseconds(bin->from), to, bin->count}));
  }
  return bins;
}

Json times_json(const DurationHistogram& times) {
  return {{"count", times.count()},
          {"min_us", microseconds(times.min())},
          {"median_us", microseconds(times.median())},
          {"p99_us", microseconds(times.percentile(99))},
          {"max_us", microseconds(times.max())},
          {"histogram_us", bins_json(times)}};
}

Json missed_json(const OutputStats& stats) {
  constexpr std::array<const char*, miss_reasons> names{"drawing", "fence", "commit", "busy",
                                                        "display"};
  Json missed = Json::object();
  for (std::size_t i = 0; i < names.size(); ++i) missed[names[i]] = stats.missed[i];
  return missed;
}

Json held_back_json(const OutputStats& stats) {
  constexpr std::array<const char*, held_back_reasons> names{"other_gpu", "newest", "no_fences",
                                                             "modeset"};
  Json held = Json::object();
  for (std::size_t i = 0; i < names.size(); ++i) held[names[i]] = stats.held_back[i];
  return held;
}

Json gpu_json(const std::optional<GpuAccount>& gpu) {
  if (!gpu) return {};
  return {{"name", gpu->name},
          {"software", gpu->software},
          {"rung", to_string(gpu->rung)},
          {"fences", gpu->fences},
          {"waits", gpu->waits}};
}

Json output_json(const NamedStats& output) {
  const OutputStats& stats = output.stats;
  return {{"name", output.name},
          {"mode", output.mode},
          {"gpu", gpu_json(output.gpu)},
          {"frames",
           {{"submitted", stats.counts.submitted},
            {"shown", stats.counts.shown},
            {"superseded", stats.counts.superseded},
            {"cancelled", stats.counts.cancelled}}},
          {"missed_blanks", missed_json(stats)},
          {"held_back", held_back_json(stats)},
          {"latency", times_json(stats.latency)},
          {"interval", times_json(stats.interval)},
          {"flip", times_json(stats.flip)}};
}

std::string json_line(const Json& all) {
  return all.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string stats_json(std::span<const NamedStats> outputs) {
  Json list = Json::array();
  for (const NamedStats& output : outputs) list.push_back(output_json(output));
  const Json all{{"schema", 1}, {"outputs", std::move(list)}};
  return json_line(all);
}

std::string stats_json(const HeadlessStats& stats) {
  const Json all{{"schema", 1},
                 {"headless",
                  {{"frames", stats.frames},
                   {"seconds", std::chrono::duration<double>{stats.took}.count()},
                   {"width", stats.size.width},
                   {"height", stats.size.height},
                   {"gpu", gpu_json(stats.gpu)}}}};
  return json_line(all);
}

}  // namespace drmshow
