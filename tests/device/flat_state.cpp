#include "flat_state.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

#include <sys/ioctl.h>
#include <xf86drmMode.h>

namespace drmshow {
namespace {

constexpr std::uint64_t no_such_framebuffer = 0xdead;

// The kernel's blob goes with its last user: one of our own has the same contents.
std::uint64_t copy_of_blob(int fd, std::uint64_t id) {
  drmModePropertyBlobPtr blob =
      id == 0 ? nullptr : drmModeGetPropertyBlob(fd, static_cast<std::uint32_t>(id));
  if (blob == nullptr) return 0;
  std::uint32_t copy = 0;
  drmModeCreatePropertyBlob(fd, blob->data, blob->length, &copy);
  drmModeFreePropertyBlob(blob);
  return copy;
}

class Writer {
 public:
  Writer(int fd, const std::string& way) : fd_{fd}, way_{way} {}

  void add(std::uint32_t object, std::uint32_t type, std::vector<std::string_view> names) {
    drmModeObjectPropertiesPtr all = drmModeObjectGetProperties(fd_, object, type);
    std::uint32_t count = 0;
    for (std::uint32_t i = 0; i < all->count_props; ++i) {
      drmModePropertyPtr property = drmModeGetProperty(fd_, all->props[i]);
      for (const std::string_view name : names) {
        if (name == property->name) {
          add_value(*property, all->prop_values[i]);
          ++count;
        }
      }
      drmModeFreeProperty(property);
    }
    drmModeFreeObjectProperties(all);
    for (FlatCommit* commit : {&back.commit, &back.dark}) {
      commit->objects[commit->object_count] = object;
      commit->counts[commit->object_count++] = count;
    }
  }

  WayBack back{};

 private:
  void add_value(const drmModePropertyRes& property, std::uint64_t before) {
    const std::string_view name = property.name;
    std::uint64_t value = name == "MODE_ID" ? copy_of_blob(fd_, before) : before;
    if (name == "FB_ID" && way_ == "dark") value = no_such_framebuffer;
    back.commit.properties[next_] = back.dark.properties[next_] = property.prop_id;
    back.commit.values[next_] = value;
    back.dark.values[next_++] = 0;
  }

  int fd_;
  std::string way_;
  std::size_t next_ = 0;
};

FlatCrtc legacy_state(int fd, const Output& output) {
  FlatCrtc crtc{};
  crtc.request.crtc_id = output.crtc.raw();
  ::ioctl(fd, DRM_IOCTL_MODE_GETCRTC, &crtc.request);
  if (crtc.request.mode_valid == 0) return crtc;
  crtc.request.count_connectors = 1;
  crtc.connectors[0] = output.connector.raw();
  return crtc;
}

}  // namespace

WayBack way_back(int fd, const Display& display, const std::string& way) {
  Writer writer{fd, way};
  for (const Output& output : display.outputs()) {
    if (way == "legacy") {
      writer.back.crtcs[writer.back.crtc_count++] = legacy_state(fd, output);
      continue;
    }
    writer.add(output.connector.raw(), DRM_MODE_OBJECT_CONNECTOR, {"CRTC_ID"});
    writer.add(output.crtc.raw(), DRM_MODE_OBJECT_CRTC, {"MODE_ID", "ACTIVE"});
    writer.add(output.plane.raw(), DRM_MODE_OBJECT_PLANE,
               {"FB_ID", "CRTC_ID", "SRC_X", "SRC_Y", "SRC_W", "SRC_H", "CRTC_X", "CRTC_Y",
                "CRTC_W", "CRTC_H"});
  }
  return writer.back;
}

}  // namespace drmshow
