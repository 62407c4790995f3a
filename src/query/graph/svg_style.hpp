// The looks of the routing graph's picture: its colours and style sheets.
#pragma once

#include <string_view>

namespace drmshow {

/// For the path to one output. Okabe and Ito's palette, which colour-blind people can tell apart,
/// without its yellow, which is too pale for lines; lighter ones of the same hues on dark ground.
struct PathColour {
  std::string_view on_light;
  std::string_view on_dark;
};

inline constexpr PathColour path_colours[] = {
    {"#0072b2", "#56a8e8"}, {"#d55e00", "#ff8a3d"}, {"#009e73", "#2fcf9f"}, {"#b5528f", "#e29bc8"},
    {"#c98500", "#f5b841"}, {"#2f9fd8", "#8fd3ff"}, {"#5b4fc4", "#a79df5"},
};

inline constexpr std::string_view light_style = R"(
  text { font-family: Inter, Roboto, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; }
  text { fill: #1c2430; }
  .ground { fill: #ffffff; }
  .title { font-size: 22px; font-weight: bold; }
  .note { font-size: 13px; fill: #5a6675; }
  .heading { font-size: 13px; font-weight: bold; fill: #66727f; }
  .rule { stroke: #d5dbe3; stroke-width: 1; }
  .box { fill: #fbfcfe; stroke: #44505f; stroke-width: 2; }
  .idle .box { fill: #f5f7f9; stroke: #cdd4dc; stroke-width: 1.2; }
  .disconnected .box { fill: none; stroke: #c3cbd4; stroke-width: 1.2; stroke-dasharray: 4 4; }
  .name { font-size: 15px; font-weight: bold; }
  .detail { font-size: 12px; fill: #4b5766; }
  .idle text, .disconnected text { fill: #75818f; }
  .casing { fill: none; stroke: #ffffff; stroke-width: 7; }
  .active { fill: none; stroke: #44505f; stroke-width: 2.8; }
  .head { fill: #44505f; }
  .possible { fill: none; stroke: #8f9bab; stroke-width: 1; stroke-dasharray: 3 4; }
)";

inline constexpr std::string_view dark_style = R"(
  text { fill: #e8edf4; }
  .ground { fill: #11161d; }
  .note { fill: #9fabba; }
  .heading { fill: #94a1b0; }
  .rule { stroke: #2c3643; }
  .box { fill: #1a222d; stroke: #aab6c4; }
  .idle .box { fill: #161d26; stroke: #3a4654; }
  .disconnected .box { fill: none; stroke: #3a4654; }
  .detail { fill: #b4c0ce; }
  .idle text, .disconnected text { fill: #8794a4; }
  .casing { stroke: #11161d; }
  .active { stroke: #aab6c4; }
  .head { fill: #aab6c4; }
  .possible { stroke: #5d6a7a; }
)";

}  // namespace drmshow
