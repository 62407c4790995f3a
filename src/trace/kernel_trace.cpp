#include "trace/kernel_trace.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <system_error>

namespace drmshow {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::int64_t most_seconds = 4'000'000'000;  // 126 years

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
  Number value{};
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

// "11.360993"
std::optional<Time> kernel_time(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == npos) return std::nullopt;
  const auto seconds = whole_number<std::int64_t>(text.substr(0, dot));
  const std::string_view micros = text.substr(dot + 1);
  if (!seconds || *seconds < 0 || *seconds > most_seconds || micros.size() != 6) return {};
  const auto rest = whole_number<std::int64_t>(micros);
  if (!rest || !all_digits(micros)) return std::nullopt;
  return Time{std::chrono::seconds{*seconds} + std::chrono::microseconds{*rest}};
}

// Where the processor is, "[000]". Names of tasks may have brackets and blanks, but are too short
// for this and a time behind it.
std::size_t processor_at(std::string_view line) {
  for (std::size_t at = line.find(" ["); at != npos; at = line.find(" [", at + 1)) {
    const std::size_t end = line.find(']', at);
    if (end == npos) return npos;
    if (all_digits(line.substr(at + 2, end - at - 2)) && end - at >= 5) return at;
  }
  return npos;
}

// "drm-show-160", "kworker/u4:1-25"
void set_task(KernelEvent& event, std::string_view text) {
  const std::size_t dash = text.rfind('-');
  if (dash == npos) return;
  event.task = text.substr(0, dash);
  event.pid = whole_number<int>(text.substr(dash + 1)).value_or(0);
}

}  // namespace

std::optional<KernelEvent> parse_kernel_event(std::string_view line) {
  const std::size_t processor = processor_at(line);
  if (processor == npos) return std::nullopt;
  const std::size_t colon = line.find(": ", processor);
  if (colon == npos) return std::nullopt;
  const std::size_t blank = line.rfind(' ', colon);
  const auto time = kernel_time(line.substr(blank + 1, colon - blank - 1));
  const std::string_view rest = line.substr(colon + 2);
  const std::size_t end = rest.find(':');
  if (!time || end == npos || end == 0 || rest.substr(0, end).find(' ') != npos) return {};
  KernelEvent event;
  event.time = *time;
  event.name = rest.substr(0, end);
  event.fields = without_blanks(rest.substr(end + 1));
  set_task(event, without_blanks(line.substr(0, processor)));
  return event;
}

std::uint64_t lost_kernel_events(std::string_view line) {
  constexpr std::string_view before = "[LOST ";
  const std::size_t at = line.find(before);
  if (at == npos || !without_blanks(line).starts_with("CPU:")) return 0;
  const std::string_view rest = line.substr(at + before.size());
  return whole_number<std::uint64_t>(rest.substr(0, rest.find(' '))).value_or(0);
}

std::string_view KernelEvent::field(std::string_view key) const {
  const std::string_view text = fields;
  for (std::size_t at = text.find(key); at != npos; at = text.find(key, at + 1)) {
    const std::size_t behind = at + key.size();
    const bool begins = at == 0 || text[at - 1] == ' ' || text[at - 1] == ',';
    if (!begins || behind >= text.size() || text[behind] != '=') continue;
    const std::string_view value = text.substr(behind + 1);
    return value.substr(0, value.find_first_of(", "));
  }
  return {};
}

std::optional<std::uint64_t> KernelEvent::number(std::string_view key) const {
  return whole_number<std::uint64_t>(field(key));
}

}  // namespace drmshow
