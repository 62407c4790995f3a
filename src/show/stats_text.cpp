#include "show/stats_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <tuple>
#include <vector>

namespace drmshow {
namespace {

constexpr int least_width = 60;
constexpr int most_rows = 10;

struct BarRow {
  Nanoseconds from, to;
  std::string label;
  std::uint64_t count = 0;
};

double in_ms(Nanoseconds span) {
  return static_cast<double>(span.count()) / 1e6;
}

std::string counts_line(const FrameCounts& counts) {
  return fmt::format("{} submitted, {} shown, {} superseded, {} cancelled", counts.submitted,
                     counts.shown, counts.superseded, counts.cancelled);
}

// "N what: n word, …"; `none` if there is nothing.
template <std::size_t count>
std::string reasons_line(const std::array<std::uint64_t, count>& numbers,
                         const std::array<const char*, count>& words, std::string_view what,
                         std::string_view none) {
  std::uint64_t sum = 0;
  std::string reasons;
  for (std::size_t i = 0; i < count; ++i) {
    if (numbers[i] == 0) continue;
    sum += numbers[i];
    reasons += fmt::format("{}{} {}", reasons.empty() ? ": " : ", ", numbers[i], words[i]);
  }
  return sum == 0 ? std::string{none} : fmt::format("{} {}{}", sum, what, reasons);
}

std::string missed_line(const OutputStats& stats) {
  constexpr std::array<const char*, miss_reasons> words{"drawing late", "GPU late", "commit late",
                                                        "kernel busy", "display late"};
  return reasons_line(stats.missed, words, "missed", "none missed");
}

// Those that the kernel or the compositor waits for are the usual ones, and said nothing about.
std::string held_back_line(const OutputStats& stats) {
  constexpr std::array<const char*, held_back_reasons> words{"not of the display's GPU", "mailbox",
                                                             "no fences taken", "modeset"};
  const std::string line =
      reasons_line(stats.held_back, words, "held back until drawn", std::string_view{});
  return line.empty() ? line : "  " + line + "\n";
}

std::string times_line(std::string_view what, const DurationHistogram& times) {
  if (times.count() == 0) return fmt::format("  {:<29}{:>9}\n", what, "none");
  return fmt::format("  {:<29}{:>9.2f} {:>9.2f} {:>9.2f} {:>9.2f}\n", what, in_ms(times.min()),
                     in_ms(times.median()), in_ms(times.percentile(99)), in_ms(times.max()));
}

std::string times_table(const OutputStats& stats, StatsCharset charset) {
  const std::string arrow = charset == StatsCharset::utf8 ? "→" : "->";
  return fmt::format("  {:<29}{:>9} {:>9} {:>9} {:>9}\n", "ms", "min", "median", "p99", "max") +
         times_line(fmt::format("latency   submit {} scanout", arrow), stats.latency) +
         times_line(fmt::format("interval  frame {} frame", arrow), stats.interval) +
         times_line(fmt::format("flip      commit {} scanout", arrow), stats.flip);
}

// A few stalls must not press all the others into one row: what is far beyond has a row for all.
bool has_tail(const DurationHistogram& times) {
  return times.max() > 3 * times.percentile(99);
}

Nanoseconds end_of_rows(const DurationHistogram& times) {
  return has_tail(times) ? times.percentile(99) : times.max();
}

std::int64_t rows_for(const DurationHistogram& times, Nanoseconds first, Nanoseconds step) {
  return (end_of_rows(times) - first) / step + 1 + (has_tail(times) ? 1 : 0);
}

// Intervals gather around multiples of a period, and their median is one: rows are around it, and
// as far apart as they must be: parts of it that halve, down to four of the histogram's buckets.
std::vector<BarRow> interval_rows(const DurationHistogram& times) {
  const Nanoseconds median = std::max(times.median(), Nanoseconds{1000});
  Nanoseconds step = median / 16;
  Nanoseconds first{};
  const auto start = [&] {
    const std::int64_t below = (median - times.min() + step / 2) / step;
    return median - below * step - step / 2;
  };
  for (first = start(); rows_for(times, first, step) > most_rows; first = start()) step *= 2;
  std::vector<BarRow> rows;
  for (std::int64_t i = 0; i < rows_for(times, first, step); ++i) {
    const Nanoseconds from = first + i * step;
    rows.push_back({from, from + step, fmt::format("{:.2f}", in_ms(from + step / 2))});
  }
  return rows;
}

// 1, 2, 5, 10, ...: the first that is enough, and no finer than the histogram's buckets.
std::vector<BarRow> latency_rows(const DurationHistogram& times) {
  constexpr std::array factors{1, 2, 5};
  Nanoseconds decade{10'000}, step{}, first{};
  for (std::size_t i = 0;; ++i) {
    step = decade * factors[i % factors.size()];
    first = times.min() / step * step;
    if (step * 32 >= end_of_rows(times) && rows_for(times, first, step) <= most_rows) break;
    if (i % factors.size() == factors.size() - 1) decade *= 10;
  }
  const int digits = step >= std::chrono::milliseconds{1}     ? 0
                     : step >= std::chrono::microseconds{100} ? 1
                                                              : 2;
  std::vector<BarRow> rows;
  for (std::int64_t i = 0; i < rows_for(times, first, step); ++i) {
    const Nanoseconds from = first + i * step;
    rows.push_back(
        {from, from + step,
         fmt::format("{:.{}f}-{:.{}f}", in_ms(from), digits, in_ms(from + step), digits)});
  }
  return rows;
}

void count_rows(const DurationHistogram& times, std::vector<BarRow>& rows) {
  rows.front().from = {};
  rows.back().to = Nanoseconds::max();
  if (has_tail(times)) rows.back().label = "more";
  for (BarRow& row : rows) row.count = times.count_between(row.from, row.to);
}

// What is there is seen, however little it is.
std::string bar(std::uint64_t count, std::uint64_t most, int width, StatsCharset charset) {
  constexpr std::array<const char*, 8> eighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (count == 0) return "";
  const int parts = charset == StatsCharset::utf8 ? 8 : 1;
  const double share = static_cast<double>(count) / static_cast<double>(most);
  const int length = std::max(1, static_cast<int>(std::lround(share * width * parts)));
  std::string text;
  for (int i = 0; i < length / parts; ++i) text += charset == StatsCharset::utf8 ? "█" : "#";
  return text + eighths[static_cast<std::size_t>(length % parts)];
}

std::string bars(std::string_view what, const DurationHistogram& times, std::vector<BarRow> rows,
                 int width, StatsCharset charset) {
  count_rows(times, rows);
  std::size_t label = what.size() + 4;
  std::uint64_t most = 1;
  for (const BarRow& row : rows) {
    label = std::max(label, row.label.size());
    most = std::max(most, row.count);
  }
  const std::size_t digits = std::max<std::size_t>(6, std::to_string(most).size());
  const int room = width - static_cast<int>(label + digits) - 6;
  std::string text =
      fmt::format("\n  {:>{}}{:>{}}\n", fmt::format("{}, ms", what), label, "frames", digits + 2);
  for (const BarRow& row : rows) {
    std::string line = fmt::format("  {:>{}}{:>{}}  {}", row.label, label, row.count, digits + 2,
                                   bar(row.count, most, room, charset));
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace

std::string to_string(const GpuAccount& account) {
  std::string text = fmt::format("drawn by {}, {}", account.name, to_string(account.rung));
  if (!account.fences && account.rung != ImageRung::copy) {
    text += "; its driver has no fences: each frame was waited for";
  }
  return text + fmt::format("; the processor waited for {} frames", account.waits);
}

std::string stats_text(const std::string& output_name, const OutputStats& stats,
                       std::string_view context, int width, StatsCharset charset) {
  width = std::max(width, least_width);
  std::string text = output_name;
  if (!context.empty()) text += fmt::format("  {}", context);
  text += fmt::format("\n  {}\n  {}\n", counts_line(stats.counts), missed_line(stats));
  text += held_back_line(stats);
  if (stats.counts.shown == 0) return text;
  text += "\n" + times_table(stats, charset);
  for (const auto& [what, times, rows] : {std::tuple{"interval", &stats.interval, &interval_rows},
                                          {"latency", &stats.latency, &latency_rows}}) {
    if (times->count() > 1) text += bars(what, *times, rows(*times), width, charset);
  }
  return text;
}

}  // namespace drmshow
