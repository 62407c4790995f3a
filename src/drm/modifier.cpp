#include "drm-show/modifier.hpp"

#include <cstdlib>
#include <string_view>

#include <drm_fourcc.h>
#include <fmt/format.h>

#include "drm/drm_ptr.hpp"

namespace drmshow {
namespace {

using CString = DrmPtr<char, std::free>;

constexpr std::uint64_t kPayload = 0x00ff'ffff'ffff'ffff;  ///< all but the vendor

/// Empty for none and for one that libdrm does not know.
std::string vendor_name(Modifier modifier) {
  if (modifier.vendor() == DRM_FORMAT_MOD_VENDOR_NONE) return {};
  const CString name{drmGetFormatModifierVendor(modifier.value())};
  return name ? name.get() : "";
}

/// Without the vendor; empty where libdrm knows none.
std::string layout_name(Modifier modifier) {
  const CString name{drmGetFormatModifierName(modifier.value())};
  return name ? name.get() : "";
}

std::string full_number(Modifier modifier) {
  return modifier.value() == 0 ? "0x0" : fmt::format("{:#018x}", modifier.value());
}

}  // namespace

std::string modifier_name(Modifier modifier) {
  const std::string vendor = vendor_name(modifier);
  std::string layout = layout_name(modifier);
  if (vendor.empty()) return layout.empty() ? full_number(modifier) : layout;
  if (layout.empty()) layout = fmt::format("{:#016x}", modifier.value() & kPayload);
  return layout.starts_with(vendor + "_") ? layout : vendor + "_" + layout;
}

std::string to_string(Modifier modifier) {
  const std::string name = modifier_name(modifier);
  const std::string number = full_number(modifier);
  return name == number ? number : fmt::format("{} ({})", name, number);
}

}  // namespace drmshow
