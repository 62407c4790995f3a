// Why a seat manager gives us nothing, and what to do.
#pragma once

#include <filesystem>
#include <string>

#include "drm-show/error.hpp"

namespace drmshow {

/// Of our seat, when a device is asked for.
enum class SeatPower {
  full,    ///< it is ours
  hidden,  ///< its VT is not the one that is shown
  none,    ///< it never became ours: libseat manages it by itself (builtin), and we lack the rights
};

/// No manager took us. `libseat_said`: its last message, may be empty.
[[noreturn]] void throw_no_seat(const std::string& libseat_said, int errnum);
[[noreturn]] void throw_no_device(const std::filesystem::path& node, const std::string& seat,
                                  SeatPower power, int errnum);
[[noreturn]] void throw_manager_gone(const std::string& seat, int errnum);

}  // namespace drmshow
