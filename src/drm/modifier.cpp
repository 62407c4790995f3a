#include "drm-show/modifier.hpp"
