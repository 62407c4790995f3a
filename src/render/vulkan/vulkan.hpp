// Vulkan-Hpp, the RAII part, with our settings. Each file that includes it takes seconds to
// compile.
//
// Vulkan is loaded when a Gpu is made: nothing links to libvulkan. Every result is checked: what
// fails throws vk::SystemError, which gpu_call() (gpu_error.hpp) makes an Error of ours.
#pragma once

#define VULKAN_HPP_NO_STRUCT_CONSTRUCTORS  // designated initializers instead
#define VULKAN_HPP_NO_SPACESHIP_OPERATOR
// termios.h has a macro of a name that Vulkan-Hpp gives to a type.
#pragma push_macro("B0")
#undef B0
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
#include <vulkan/vulkan_raii.hpp>
#pragma GCC diagnostic pop
#pragma pop_macro("B0")
