#include "show/frame_size.hpp"

#include <fmt/format.h>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

constexpr int longest_side = 16384;  // as of pictures

}  // namespace

std::optional<ModeChoice::Exact> wished_size(const Options& options) {
  if (options.mode == "preferred") return std::nullopt;
  const auto choice = parse_mode_choice(options.mode);
  const auto* exact = choice ? std::get_if<ModeChoice::Exact>(&choice->what) : nullptr;
  if (exact && exact->size.width <= longest_side && exact->size.height <= longest_side) {
    return *exact;
  }
  throw Error{
      Failure::usage, fmt::format("--mode {}: no size for frames", options.mode),
      "A window's frames and those of --backend headless have the size that is said: 1280x720 "
      "(headless also with a rate, 1280x720@30). Modes are a display's: --backend kms."};
}

}  // namespace drmshow
