// Part of the ioctl shim: a display whose planes show one more modifier, which means the same as
// LINEAR.
//
// No kernel and no driver without hardware has a layout besides plain lines in common, so this rung
// of the ladder is out of reach of real ones: here both sides are told that there is one (for
// Vulkan's: vulkan_faults.hpp). All of drm-show's own part is as with a real one.
#pragma once

#include <optional>

/// The result, if this request is about the modifier; `real` is ioctl().
std::optional<int> ioctl_with_fake_modifier(int (*real)(int, unsigned long, ...), int fd,
                                            unsigned long request, void* argument);
