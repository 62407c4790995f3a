#include "query/routing.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "query/object_ref.hpp"
#include "query/text/style.hpp"

namespace drmshow {
namespace {

template <class Object>
std::vector<const Object*> all_where(std::span<const Object> objects, auto&& wanted) {
  std::vector<const Object*> found;
  for (const Object& object : objects) {
    if (wanted(object)) found.push_back(&object);
  }
  return found;
}

// CrtcMask::contains() is for indices that the kernel can give: 0 to 31.
bool contains(CrtcMask mask, const Crtc& crtc) {
  return crtc.index.raw() < 32 && mask.contains(crtc.index);
}

// "index 7", "index 2, 4 to 31"
std::string bits_text(std::uint32_t bits) {
  std::vector<std::string> runs;
  for (unsigned bit = 0; bit < 32;) {
    const unsigned first = bit;
    while (bit < 32 && (bits >> bit & 1) != 0) ++bit;
    if (bit - first == 1) runs.push_back(std::to_string(first));
    if (bit - first > 1) runs.push_back(fmt::format("{} to {}", first, bit - 1));
    if (bit == first) ++bit;
  }
  return "index " + join(runs);
}

}  // namespace

std::vector<std::string> known_crtc_labels(const Snapshot& kms, CrtcMask mask) {
  std::vector<std::string> labels;
  for (const Crtc& crtc : kms.crtcs()) {
    if (contains(mask, crtc)) labels.push_back(label(crtc.id));
  }
  return labels;
}

std::vector<std::string> crtc_labels(const Snapshot& kms, CrtcMask mask) {
  std::vector<std::string> labels = known_crtc_labels(kms, mask);
  for (const Crtc& crtc : kms.crtcs()) {
    if (contains(mask, crtc)) mask.bits &= ~crtc.index.bit();
  }
  if (mask.bits != 0) labels.push_back(fmt::format("{} (no such CRTC)", bits_text(mask.bits)));
  return labels;
}

// The kernel counts an encoder among its own clones.
std::vector<std::string> clone_labels(const Snapshot& kms, const Encoder& encoder) {
  std::vector<std::string> labels;
  std::uint32_t bits = encoder.possible_clones;
  for (unsigned bit = 0; bit < 32 && bit < kms.encoders().size(); ++bit) {
    if ((bits >> bit & 1) == 0) continue;
    if (kms.encoders()[bit].id != encoder.id) labels.push_back(label(kms.encoders()[bit].id));
    bits &= ~(1u << bit);
  }
  if (bits != 0) labels.push_back(fmt::format("{} (no such encoder)", bits_text(bits)));
  return labels;
}

std::vector<const Plane*> planes_on(const Snapshot& kms, CrtcId crtc) {
  return all_where(kms.planes(), [&](const Plane& plane) { return crtc && plane.crtc == crtc; });
}

std::vector<const Plane*> planes_showing(const Snapshot& kms, FramebufferId fb) {
  return all_where(kms.planes(), [&](const Plane& plane) { return fb && plane.fb == fb; });
}

std::vector<const Connector*> connectors_on(const Snapshot& kms, CrtcId crtc) {
  return all_where(kms.connectors(), [&](const Connector& connector) {
    const Crtc* current = kms.current_crtc(connector);
    return crtc && current && current->id == crtc;
  });
}

std::vector<const Connector*> connectors_with(const Snapshot& kms, EncoderId encoder) {
  return all_where(kms.connectors(), [&](const Connector& connector) {
    return std::ranges::find(connector.encoders, encoder) != connector.encoders.end();
  });
}

std::vector<const Connector*> possible_connectors(const Snapshot& kms, const Crtc& crtc) {
  return all_where(kms.connectors(), [&](const Connector& connector) {
    return contains(kms.possible_crtcs(connector), crtc);
  });
}

std::vector<const Plane*> possible_planes(const Snapshot& kms, const Crtc& crtc) {
  return all_where(kms.planes(),
                   [&](const Plane& plane) { return contains(plane.possible_crtcs, crtc); });
}

bool is_inactive(const Crtc& crtc) {
  return crtc.mode && crtc.properties.value(props::active.name) == 0;
}

const FramebufferInfo* primary_fb(const Snapshot& kms, const Crtc& crtc) {
  for (const Plane* plane : planes_on(kms, crtc.id)) {
    if (plane->type == PlaneType::primary && plane->fb) return kms.find(plane->fb);
  }
  return crtc.fb ? kms.find(crtc.fb) : nullptr;
}

std::vector<const Colorop*> pipeline_from(const Snapshot& kms, std::uint32_t first) {
  std::vector<const Colorop*> pipeline;
  std::set<std::uint32_t> seen;
  for (std::uint32_t id = first; id != 0 && seen.insert(id).second;) {
    const Colorop* op = kms.find_colorop(id);
    if (!op) break;
    pipeline.push_back(op);
    id = static_cast<std::uint32_t>(op->properties.value("NEXT").value_or(0));
  }
  return pipeline;
}

std::optional<std::string> entry_name(const Property& property) {
  const auto& entries = property.info->entries;
  const auto found = std::ranges::find(entries, property.value, &PropertyInfo::Entry::value);
  if (found == entries.end()) return std::nullopt;
  return found->name;
}

std::optional<EdidInfo> edid_of(const Snapshot& kms, const Connector& connector) {
  const Property* property = connector.properties.find("EDID");
  if (!property || property->value == 0) return std::nullopt;
  const auto bytes = kms.blob(BlobId{static_cast<std::uint32_t>(property->value)});
  return bytes ? parse_edid(*bytes) : std::nullopt;
}

}  // namespace drmshow
