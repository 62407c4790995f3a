// Why a seat manager gives us nothing, and what to do.
#pragma once

#include <filesystem>
#include <string>

#include "drm-show/error.hpp"

namespace drmshow {

/// No manager took us. `libseat_said`: its last message, may be empty.
[[noreturn]] void throw_no_seat(const std::string& libseat_said, int errnum);
[[noreturn]] void throw_no_device(const std::filesystem::path& node, const std::string& seat,
                                  bool active, int errnum);
[[noreturn]] void throw_manager_gone(const std::string& seat, int errnum);

}  // namespace drmshow
