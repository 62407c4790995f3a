#include "render/cpu/pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "drm-show/error.hpp"
#include "render/cpu/colour.hpp"
#include "render/cpu/pattern_factories.hpp"
#include "render/cpu/pattern_shapes.hpp"

namespace drmshow {
namespace {

using Factory = std::unique_ptr<Picture> (*)(Size);

template <Pixel colour>
std::unique_ptr<Picture> solid(Size size) {
  return make_solid(size, colour);
}

struct Entry {
  PatternInfo info;
  Factory make;
};

constexpr Entry entries[] = {
    {{"card", "the drm-show test card: geometry, resolution, colours, levels, cropping"},
     make_test_card},
    {{"smpte", "SMPTE EG 1 colour bars, 75 %, with reverse bars and PLUGE"}, make_smpte},
    {{"smpte-hd", "SMPTE RP 219 colour bars for 16:9"}, make_smpte_hd},
    {{"ebu", "EBU colour bars 100/0/75/0"}, make_ebu},
    {{"bars100", "full colour bars 100/0/100/0"}, make_bars100},
    {{"grid", "cross-hatch of squares, circles, safe areas, one-pixel border"}, make_grid},
    {{"checker", "large black and white squares"}, make_checker},
    {{"pixels", "one-pixel checkerboard, phase reversed in the centre: shows any scaling"},
     make_pixels},
    {{"sharpness", "lines and squares of 1, 2, 3 and 4 pixels"}, make_sharpness},
    {{"gradient", "smooth ramps of gray, red, green and blue, and 32 steps"}, make_gradient},
    {{"gamma", "patches that vanish into the lines around them at the display's gamma"},
     make_gamma},
    {{"near-black", "levels 1 to 16 on black: the display's black level"}, make_near_black},
    {{"near-white", "levels 239 to 254 on white: the display's white clipping"}, make_near_white},
    {{"zone-plate", "circular zone plate, up to one cycle in two pixels at the nearest edges"},
     make_zone_plate},
    {{"black", "solid black"}, solid<black>},
    {{"white", "solid white"}, solid<white>},
    {{"gray", "solid gray, level 128"}, solid<gray(128)>},
    {{"red", "solid red"}, solid<rgb(255, 0, 0)>},
    {{"green", "solid green"}, solid<rgb(0, 255, 0)>},
    {{"blue", "solid blue"}, solid<rgb(0, 0, 255)>},
    {{"cyan", "solid cyan"}, solid<rgb(0, 255, 255)>},
    {{"magenta", "solid magenta"}, solid<rgb(255, 0, 255)>},
    {{"yellow", "solid yellow"}, solid<rgb(255, 255, 0)>},
};

constexpr auto infos = [] {
  std::array<PatternInfo, std::size(entries)> list;
  std::transform(std::begin(entries), std::end(entries), list.begin(),
                 [](const Entry& entry) { return entry.info; });
  return list;
}();

constexpr std::string_view solid_prefix = "solid:";

std::unique_ptr<Picture> solid_of(std::string_view colour, Size size) {
  if (const auto parsed = parse_colour(colour)) return make_solid(size, *parsed);
  throw Error{Failure::usage, fmt::format("\"{}\" is no colour", colour),
              "Colours are #rgb, #rrggbb or CSS names."};
}

}  // namespace

std::span<const PatternInfo> patterns() {
  return infos;
}

void check_pattern_size(Size size) {
  if (!size.empty() && std::max(size.width, size.height) <= max_pattern_extent) return;
  throw Error{Failure::usage, fmt::format("a pattern of {}x{} pixels", size.width, size.height),
              fmt::format("Patterns are drawn from 1x1 to {0}x{0}.", max_pattern_extent)};
}

std::unique_ptr<Picture> make_pattern(std::string_view name, Size size) {
  check_pattern_size(size);
  if (name.starts_with(solid_prefix)) return solid_of(name.substr(solid_prefix.size()), size);
  const auto* const found = std::find_if(std::begin(entries), std::end(entries),
                                         [&](const Entry& e) { return e.info.name == name; });
  if (found == std::end(entries)) {
    throw Error{Failure::usage, fmt::format("no pattern is called \"{}\"", name)};
  }
  return found->make(size);
}

std::unique_ptr<Picture> make_solid(Size size, Pixel colour) {
  return std::make_unique<ShapeScene>(size, colour, ShapeList{});
}

}  // namespace drmshow
