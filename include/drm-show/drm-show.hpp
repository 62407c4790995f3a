// All of libdrm-show but vulkan.hpp, which needs Vulkan's headers. Pictures on displays through
// DRM/KMS, with nothing in between.
#pragma once

#include "drm-show/content.hpp"
#include "drm-show/device.hpp"
#include "drm-show/display.hpp"
#include "drm-show/dumb_buffer.hpp"
#include "drm-show/error.hpp"
#include "drm-show/kms_presenter.hpp"
#include "drm-show/picture.hpp"
#include "drm-show/presenter.hpp"
#include "drm-show/recorder.hpp"
#include "drm-show/recording.hpp"
#include "drm-show/recording_observer.hpp"
#include "drm-show/saved_screen.hpp"
#include "drm-show/snapshot.hpp"
