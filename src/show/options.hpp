// What drm-show's command line says.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "drm-show/picture.hpp"
#include "drm-show/presenter.hpp"
#include "render/cpu/fit.hpp"

namespace CLI {
class App;
}

namespace drmshow {

enum class Action { show, dry_run, list_modes, list_patterns };
enum class LabelPolicy { on_patterns, never };
enum class Verbosity { normal, verbose };
enum class StatsFormat { none, text, json };
enum class OverlayPolicy { without, with };
enum class RatePolicy {
  display,  // a frame for each vertical blank
  fixed,    // --fps R
  most,     // --fps max: as many as can be drawn
};

struct Options {
  Action action = Action::show;
  std::vector<std::filesystem::path> files;  // one for each output, the last for all that follow
  std::string pattern = "card";              // when there are no files
  Fit fit = Fit::contain;
  Pixel background = rgb(0, 0, 0);
  LabelPolicy label = LabelPolicy::on_patterns;

  std::vector<std::string> outputs;  // all connected ones if empty
  std::string mode = "preferred";
  std::vector<std::string> output_modes;  // OUTPUT:MODE
  std::vector<std::string> settings;

  PresentOptions present;
  RatePolicy rate = RatePolicy::display;
  double fps = 0;                       // with RatePolicy::fixed
  std::optional<std::uint64_t> frames;  // to show on each output, then end
  StatsFormat stats = StatsFormat::none;
  OverlayPolicy overlay = OverlayPolicy::without;
  std::optional<std::string> ring_log;  // a file
  bool frames_asked = false;            // any option that only frames can fulfil

  std::string device;  // the first with a connected output if empty
  bool legacy = false;
  std::optional<std::chrono::duration<double>> duration;  // until told to end if not given
  Verbosity verbosity = Verbosity::normal;
};

/// Reads the command line. nullopt if that was all (--help, --version: printed). Throws Error
/// (usage).
std::optional<Options> parse_options(int argc, const char* const* argv);

}  // namespace drmshow
