// What the words after options mean. All throw Error (usage) for a word that means nothing. Pure,
// but for parse_folder().
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "drm-show/picture.hpp"
#include "drm-show/presenter.hpp"
#include "render/cpu/fit.hpp"
#include "show/options.hpp"

namespace drmshow {

Fit parse_fit(const std::string& text);
Pixel parse_background(const std::string& text);
/// Degrees to quarter turns.
int parse_rotation(const std::string& text);
PresentMode parse_present(const std::string& text);
/// Bytes; nothing for "off".
std::optional<std::size_t> parse_record(const std::string& text);
StatsFormat parse_stats(const std::string& text);
/// Frames a second.
double parse_rate(const std::string& text);
/// The number of a virtual terminal; 0 for "free".
int parse_tty(const std::string& text);
SeatPolicy parse_seat(const std::string& text);
HotplugPolicy parse_hotplug(const std::string& text);
RenderPolicy parse_render(const std::string& text);
Backend parse_backend(const std::string& text);
/// One that exists.
std::filesystem::path parse_folder(const std::string& text);
/// Made if it does not.
std::filesystem::path parse_output_dir(const std::string& text);
std::chrono::duration<double> parse_duration(double seconds);

}  // namespace drmshow
