// zwp_linux_dmabuf_feedback_v1's events: honest ones, and those that no compositor should send.
#pragma once

#include <wayland-server-core.h>

#include <cstdint>

#include "fake_behaviour.hpp"

namespace drmshow::fake {

inline constexpr std::uint64_t no_modifier = 0x00ff'ffff'ffff'ffff;  // DRM_FORMAT_MOD_INVALID

// Format and modifier are in the honest table.
bool offered(std::uint32_t format, std::uint64_t modifier);

void send_feedback(wl_resource* feedback, const Behaviour& behaviour);

}  // namespace drmshow::fake
