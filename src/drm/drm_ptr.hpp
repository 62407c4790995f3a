// Owners of the structs that libdrm allocates.
#pragma once

#include <memory>

#include <xf86drm.h>
#include <xf86drmMode.h>

namespace drmshow {

template <auto free_function>
struct FreeWith {
  template <class T>
  void operator()(T* object) const noexcept {
    free_function(object);
  }
};

template <class T, auto free_function>
using DrmPtr = std::unique_ptr<T, FreeWith<free_function>>;

using ResourcesPtr = DrmPtr<drmModeRes, drmModeFreeResources>;
using PlaneResourcesPtr = DrmPtr<drmModePlaneRes, drmModeFreePlaneResources>;
using ConnectorPtr = DrmPtr<drmModeConnector, drmModeFreeConnector>;
using EncoderPtr = DrmPtr<drmModeEncoder, drmModeFreeEncoder>;
using CrtcPtr = DrmPtr<drmModeCrtc, drmModeFreeCrtc>;
using PlanePtr = DrmPtr<drmModePlane, drmModeFreePlane>;
using PropertyPtr = DrmPtr<drmModePropertyRes, drmModeFreeProperty>;
using ObjectPropertiesPtr = DrmPtr<drmModeObjectProperties, drmModeFreeObjectProperties>;
using PropertyBlobPtr = DrmPtr<drmModePropertyBlobRes, drmModeFreePropertyBlob>;
using VersionPtr = DrmPtr<drmVersion, drmFreeVersion>;

}  // namespace drmshow
