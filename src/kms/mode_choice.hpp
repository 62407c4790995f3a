// Which of a connector's modes the user meant. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "drm-show/mode.hpp"

namespace drmshow {

/// What --mode says.
struct ModeChoice {
  struct Preferred {};  ///< the display's own
  struct Highest {};    ///< most pixels, then highest refresh rate
  struct Exact {
    Size size;
    std::optional<std::int64_t> centihertz;  ///< of the refresh rate; any if not given
    std::optional<bool> interlaced;          ///< only said by a trailing i: 1920x1080i
  };
  struct Index {
    std::size_t number;  ///< from 0, in the order of --list-modes
  };
  std::variant<Preferred, Highest, Exact, Index> what = Preferred{};
};

/// `preferred`, `highest`, `WxH`, `WxHi`, `WxH@Hz`, `#index`; nullopt if it is none of these.
std::optional<ModeChoice> parse_mode_choice(std::string_view text);

/// The mode that `choice` means, or nullptr if there is none. Among modes of the same size: the
/// preferred one, else progressive before interlaced, else the highest refresh rate.
const Mode* choose_mode(std::span<const Mode> modes, const ModeChoice& choice);

/// The modes most like what was asked for, as arguments to --mode ("1920x1080@59.94"), best first,
/// at most `count`.
std::vector<std::string> nearest_modes(std::span<const Mode> modes, const ModeChoice& choice,
                                       std::size_t count);

/// "1920x1080@59.94": what --mode takes to choose this mode.
std::string mode_argument(const Mode& mode);

}  // namespace drmshow
