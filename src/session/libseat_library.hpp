// The functions of libseat, loaded when they are needed.
#pragma once

#include <libseat.h>

namespace drmshow {

struct LibseatLibrary {
  decltype(&::libseat_set_log_handler) set_log_handler;
  decltype(&::libseat_set_log_level) set_log_level;
  decltype(&::libseat_open_seat) open_seat;
  decltype(&::libseat_close_seat) close_seat;
  decltype(&::libseat_disable_seat) disable_seat;
  decltype(&::libseat_open_device) open_device;
  decltype(&::libseat_close_device) close_device;
  decltype(&::libseat_seat_name) seat_name;
  decltype(&::libseat_get_fd) get_fd;
  decltype(&::libseat_dispatch) dispatch;
};

/// Throws Error (no_permission) if it is not installed.
const LibseatLibrary& libseat_library();

}  // namespace drmshow
