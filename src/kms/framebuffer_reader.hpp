// What the kernel tells about a framebuffer, whoever made it.
#pragma once

#include <optional>

#include "drm-show/snapshot.hpp"

namespace drmshow {

/// nullopt, with errno, if there is none of that id (any more) or the kernel does not tell. A
/// privileged caller is handed GEM handles for its memory, which keep it alive: all are closed.
std::optional<FramebufferInfo> read_framebuffer(int fd, FramebufferId id);

}  // namespace drmshow
