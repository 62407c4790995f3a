#pragma once

#include "drm-show/picture.hpp"
