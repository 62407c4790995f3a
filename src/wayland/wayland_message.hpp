// What libwayland says about failures, which is all that there is of a compositor's own words about
// a protocol error.
#pragma once

#include <cstdarg>
#include <string>

namespace drmshow {

/// For wl_log_set_handler_client.
void keep_wayland_message(const char* format, std::va_list arguments) noexcept;

/// The last message, in one line; empty if there was none.
std::string last_wayland_message();

}  // namespace drmshow
