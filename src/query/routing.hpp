// What is connected to what inside a device, now and possibly. Ids that lead nowhere are left out
// or named as such, never followed. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "drm-show/snapshot.hpp"
#include "edid/edid.hpp"

namespace drmshow {

/// "crtc/37" for each bit; "index 4 to 31 (no such CRTC)" for those that stand for none, last: some
/// drivers set all bits.
std::vector<std::string> crtc_labels(const Snapshot& kms, CrtcMask mask);
/// The other encoders that its possible_clones stand for, as crtc_labels().
std::vector<std::string> clone_labels(const Snapshot& kms, const Encoder& encoder);

std::vector<const Plane*> planes_on(const Snapshot& kms, CrtcId crtc);
std::vector<const Plane*> planes_showing(const Snapshot& kms, FramebufferId fb);
std::vector<const Connector*> connectors_on(const Snapshot& kms, CrtcId crtc);
std::vector<const Connector*> connectors_with(const Snapshot& kms, EncoderId encoder);

/// Only those that there are: "crtc/37".
std::vector<std::string> known_crtc_labels(const Snapshot& kms, CrtcMask mask);

/// What could be driven by `crtc`, and be on it.
std::vector<const Connector*> possible_connectors(const Snapshot& kms, const Crtc& crtc);
std::vector<const Plane*> possible_planes(const Snapshot& kms, const Crtc& crtc);

/// It has a mode, yet sends nothing: the screen is asleep (ACTIVE is 0, "DPMS off").
bool is_inactive(const Crtc& crtc);

/// What the primary plane of `crtc` shows; nullptr if nothing is known about it.
const FramebufferInfo* primary_fb(const Snapshot& kms, const Crtc& crtc);

/// The operations from `first` on along NEXT; ends at the first that is missing or comes again.
std::vector<const Colorop*> pipeline_from(const Snapshot& kms, std::uint32_t first);

/// The name of an enumeration's value.
std::optional<std::string> entry_name(const Property& property);

/// nullopt if there is none or it cannot be read.
std::optional<EdidInfo> edid_of(const Snapshot& kms, const Connector& connector);

}  // namespace drmshow
