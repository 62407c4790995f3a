// Compiled once for all files of this folder.
#include "render/vulkan/vulkan.hpp"
