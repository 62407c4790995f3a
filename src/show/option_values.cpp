#include "show/option_values.hpp"

#include <charconv>
#include <map>
#include <optional>
#include <system_error>

#include <fmt/format.h>
#include <linux/vt.h>

#include "drm-show/error.hpp"
#include "render/cpu/colour.hpp"

namespace drmshow {
namespace {

// What `text` means among the `choices`; `they_are` lists them for who said something else.
template <class Value>
Value parse_choice(const char* option, const char* what, const std::string& text,
                   const std::map<std::string, Value>& choices, const char* they_are) {
  if (const auto found = choices.find(text); found != choices.end()) return found->second;
  throw Error{Failure::usage, fmt::format("{}: \"{}\" is not one of the {}", option, text, what),
              they_are};
}

template <class Number>
std::optional<Number> parse_number(const std::string& text) {
  Number number{};
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  return error == std::errc{} && end == last ? std::optional{number} : std::nullopt;
}

}  // namespace

Fit parse_fit(const std::string& text) {
  return parse_choice<Fit>("--fit", "ways", text,
                           {{"contain", Fit::contain},
                            {"cover", Fit::cover},
                            {"stretch", Fit::stretch},
                            {"none", Fit::none}},
                           "They are: contain, cover, stretch, none.");
}

Pixel parse_background(const std::string& text) {
  if (const auto colour = parse_colour(text)) return *colour;
  throw Error{Failure::usage, fmt::format("--background: \"{}\" is not a colour", text),
              "Say #336699, #369 or a name such as black, white, gray, red."};
}

int parse_rotation(const std::string& text) {
  return parse_choice<int>("--rotate", "turns", text, {{"0", 0}, {"90", 1}, {"180", 2}, {"270", 3}},
                           "They are, in degrees clockwise: 0, 90, 180, 270.");
}

PresentMode parse_present(const std::string& text) {
  return parse_choice<PresentMode>("--present", "ways", text,
                                   {{"fifo", PresentMode::fifo},
                                    {"mailbox", PresentMode::mailbox},
                                    {"latest", PresentMode::mailbox},
                                    {"async", PresentMode::async}},
                                   "They are: fifo, mailbox (or latest), async.");
}

StatsFormat parse_stats(const std::string& text) {
  if (text.empty()) return StatsFormat::none;
  return parse_choice<StatsFormat>("--stats", "formats", text,
                                   {{"text", StatsFormat::text}, {"json", StatsFormat::json}},
                                   "They are: text (the default), json.");
}

// What a Recorder takes.
constexpr std::size_t least_recording = std::size_t{64} << 10;
constexpr std::size_t most_recording = std::size_t{1} << 30;

std::optional<std::size_t> parse_record(const std::string& text) {
  if (text == "off") return std::nullopt;
  const std::map<char, std::size_t> units{{'K', 1u << 10}, {'M', 1u << 20}, {'G', 1u << 30}};
  const auto unit = text.empty() ? units.end() : units.find(text.back());
  const bool plain = unit == units.end();
  const auto number = parse_number<std::size_t>(plain ? text : text.substr(0, text.size() - 1));
  if (number && *number <= most_recording) {
    const std::size_t bytes = *number * (plain ? 1 : unit->second);
    if (bytes >= least_recording && bytes <= most_recording) return bytes;
  }
  throw Error{Failure::usage,
              fmt::format("--record: \"{}\" is not a size that a recording can have", text),
              "Say 64K to 1G, such as 4M (the default is 1M), or off."};
}

// Slower than a frame in a thousand seconds, or faster than any display.
constexpr double least_fps = 0.001;
constexpr double most_fps = 10'000;

double parse_rate(const std::string& text) {
  const auto rate = parse_number<double>(text);
  if (rate && *rate >= least_fps && *rate <= most_fps) return *rate;
  throw Error{Failure::usage, fmt::format("--fps: \"{}\" is not a rate", text),
              "Say frames a second, such as 24 or 59.94, or max."};
}

int parse_tty(const std::string& text) {
  if (text == "free") return 0;
  const auto number = parse_number<int>(text);
  if (number && *number >= MIN_NR_CONSOLES && *number <= MAX_NR_CONSOLES) return *number;
  throw Error{Failure::usage, fmt::format("--tty: \"{}\" is not a virtual terminal", text),
              fmt::format("Say its number, {} to {}, or free.", MIN_NR_CONSOLES, MAX_NR_CONSOLES)};
}

SeatPolicy parse_seat(const std::string& text) {
  return parse_choice<SeatPolicy>("--seat", "ways", text,
                                  {{"auto", SeatPolicy::automatic},
                                   {"direct", SeatPolicy::direct},
                                   {"libseat", SeatPolicy::libseat}},
                                  "They are: auto (the default), direct, libseat.");
}

HotplugPolicy parse_hotplug(const std::string& text) {
  return parse_choice<HotplugPolicy>(
      "--hotplug", "ways", text,
      {{"follow", HotplugPolicy::follow}, {"ignore", HotplugPolicy::ignore}},
      "They are: follow (the default), ignore.");
}

RenderPolicy parse_render(const std::string& text) {
  return parse_choice<RenderPolicy>("--render", "ways", text,
                                    {{"auto", RenderPolicy::automatic},
                                     {"cpu", RenderPolicy::cpu},
                                     {"vulkan", RenderPolicy::vulkan}},
                                    "They are: auto (the default), cpu, vulkan.");
}

Backend parse_backend(const std::string& text) {
  return parse_choice<Backend>("--backend", "backends", text,
                               {{"auto", Backend::automatic},
                                {"kms", Backend::kms},
                                {"wayland", Backend::wayland},
                                {"headless", Backend::headless}},
                               "They are: auto (the default), kms, wayland, headless.");
}

std::filesystem::path parse_output_dir(const std::string& text) {
  std::error_code error;
  std::filesystem::create_directories(text, error);
  if (std::filesystem::is_directory(text, error)) return text;
  throw Error{Failure::usage, fmt::format("--output-dir: cannot make the folder \"{}\"", text),
              "Name one that may be written to."};
}

std::filesystem::path parse_folder(const std::string& text) {
  std::error_code error;
  if (std::filesystem::is_directory(text, error)) return text;
  throw Error{Failure::usage, fmt::format("--screenshot-dir: \"{}\" is not a folder", text),
              "Make it first."};
}

// A century: longer is a slip of the keyboard, and would overflow poll's clock.
constexpr double longest_duration = 100.0 * 365 * 24 * 3600;

std::chrono::duration<double> parse_duration(double seconds) {
  if (seconds >= 0 && seconds <= longest_duration) return std::chrono::duration<double>{seconds};
  throw Error{Failure::usage, "--duration: not a length of time", "Say seconds, such as 2.5."};
}

}  // namespace drmshow
