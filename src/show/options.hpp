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
#include "session/seat_choice.hpp"

namespace CLI {
class App;
}

namespace drmshow {

enum class Action {
  show,
  dry_run,
  list_modes,
  list_patterns,
  list_shaders,
  rescue,  // of a console that something else has left dead
};
enum class LabelPolicy { on_patterns, never };
enum class Verbosity { normal, verbose };
enum class StatsFormat { none, text, json };
enum class OverlayPolicy { without, with };
enum class RatePolicy {
  display,  // a frame for each vertical blank
  fixed,    // --fps R
  most,     // --fps max: as many as can be drawn
};
enum class HotplugPolicy { follow, ignore };
enum class RenderPolicy {
  automatic,  // Vulkan for what only it can draw
  cpu,
  vulkan,
};
enum class Backend {
  automatic,  // a window if a compositor has the displays
  kms,
  wayland,
  headless,
};

/// What only Vulkan can draw. One of shader, model and scene at most.
struct VulkanContent {
  std::string shader;             ///< a built-in one's name or a file
  std::filesystem::path model;    ///< a file
  std::filesystem::path texture;  ///< for a model; empty: its own
  std::string scene;              ///< a built-in one's name
  bool empty() const { return shader.empty() && model.empty() && scene.empty(); }
  friend bool operator==(const VulkanContent&, const VulkanContent&) = default;
};

struct Options {
  Action action = Action::show;
  std::vector<std::filesystem::path> files;  // one for each output, the last for all that follow
  std::string pattern = "card";              // when there is nothing else
  VulkanContent vulkan;
  Fit fit = Fit::contain;
  int quarter_turns = 0;  // clockwise, 0 to 3
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
  std::optional<std::string> ring_log;                          // a file
  std::optional<std::size_t> recording = std::size_t{1} << 20;  // bytes
  std::string command_line;                                     // for the recording
  bool frames_asked = false;  // any option that only frames can fulfil

  RenderPolicy render = RenderPolicy::automatic;
  std::string gpu;  // as choose_gpu() has it; the best one if empty
  Backend backend = Backend::automatic;
  bool fullscreen = false;                          // with a window
  std::optional<std::string> display_asked;         // an option that only displays can fulfil
  std::optional<std::filesystem::path> output_dir;  // for headless frames

  std::string device;  // the first with a connected output if empty
  bool legacy = false;

  std::optional<int> tty;  // the number of a VT to switch to; 0: any that is free
  bool vt = true;          // false: leave VTs alone
  SeatPolicy seat = SeatPolicy::automatic;

  HotplugPolicy hotplug = HotplugPolicy::follow;
  bool wait = false;  // for an output, when there is none
  bool keys = true;
  std::optional<std::filesystem::path> screenshot_dir;    // the current folder if not given
  std::optional<std::chrono::duration<double>> duration;  // until told to end if not given
  Verbosity verbosity = Verbosity::normal;
};

/// Whether Vulkan draws.
bool draws_with_vulkan(const Options& options);

/// Reads the command line. nullopt if that was all (--help, --version: printed). Throws Error
/// (usage).
std::optional<Options> parse_options(int argc, const char* const* argv);

}  // namespace drmshow
