#include "query/views/output_line.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "query/names.hpp"
#include "query/object_ref.hpp"
#include "query/routing.hpp"
#include "query/values/decoded.hpp"
#include "query/views/mode_text.hpp"
#include "query/views/object_nodes.hpp"

namespace drmshow {
namespace {

std::string or_dash(std::string text) {
  return text.empty() ? "-" : std::move(text);
}

Role role_of(const Connector& connector) {
  return connector.is_writeback() ? Role::dim : status_role(connector.connection);
}

std::string status_text(const Connector& connector) {
  if (connector.is_writeback()) return "writeback";
  const Property* link = connector.properties.find(props::link_status.name);
  const bool bad = link && entry_name(*link) == "Bad";
  return std::string{status_word(connector.connection)} + (bad ? ", bad link" : "");
}

std::string monitor_text(const TextStyle& style, const Connector& connector,
                         const std::optional<EdidInfo>& edid) {
  const bool size_told = !connector.size_mm.empty() || !edid;
  std::string text = edid ? printable(style, monitor_name(*edid)) : std::string{};
  const std::string inches = inches_text(style, size_told ? connector.size_mm : edid->size_mm);
  if (!text.empty() && !inches.empty()) text += ' ';
  return or_dash(text + inches);
}

std::string mode_word(const TextStyle& style, const Connector& connector, const Crtc* crtc) {
  if (crtc && crtc->mode) {
    return mode_text(style, *crtc->mode) + (is_inactive(*crtc) ? ", inactive" : "");
  }
  return connector.connection == Connection::disconnected || connector.is_writeback() ? "-" : "off";
}

// Whichever is less: what the driver may use, or what the display takes.
std::string bpc_text(const TextStyle& style, const Connector& connector,
                     const std::optional<EdidInfo>& edid) {
  std::uint64_t least = connector.properties.value("max bpc").value_or(0);
  if (edid && edid->bits_per_channel > 0) {
    const auto panel = static_cast<std::uint64_t>(edid->bits_per_channel);
    least = least == 0 ? panel : std::min(least, panel);
  }
  return least == 0 ? "-" : fmt::format("{}{}", style.unicode ? "≤" : "<=", least);
}

// CTA-861-G, table 44: electro-optical transfer functions.
std::string eotf_word(unsigned eotf) {
  constexpr std::string_view words[] = {"SDR", "HDR", "PQ", "HLG"};
  return eotf < std::size(words) ? std::string{words[eotf]} : fmt::format("EOTF {}", eotf);
}

std::string hdr_text(const Snapshot& kms, const Connector& connector,
                     const std::optional<EdidInfo>& edid) {
  const Property* sent = connector.properties.find(props::hdr_output_metadata.name);
  if (sent && sent->value != 0) {
    const Decoded decoded = decode(kms, *sent);
    const auto* metadata = std::get_if<HdrOutputMetadata>(&decoded);
    return metadata ? eotf_word(metadata->eotf) : "on";
  }
  const bool can =
      edid && edid->hdr && (edid->hdr->pq || edid->hdr->hlg || edid->hdr->traditional_hdr);
  return can ? "can" : "-";
}

std::string vrr_text(const Connector& connector, const Crtc* crtc) {
  const auto capable = connector.properties.value("vrr_capable");
  if (capable == 0) return "-";
  if (crtc && crtc->properties.value(props::vrr_enabled.name).value_or(0) != 0) return "on";
  return capable ? "can" : "-";
}

std::string planes_text(const Snapshot& kms, const Crtc& crtc) {
  std::vector<std::string> planes;
  for (const Plane* plane : planes_on(kms, crtc.id)) {
    planes.push_back(fmt::format("{} {}", plane->id.raw(), plane_type_word(plane->type)));
  }
  return join(planes);
}

}  // namespace

OutputLine output_line(const Snapshot& kms, const Connector& connector, const TextStyle& style) {
  const Crtc* crtc = kms.current_crtc(connector);
  const auto edid = edid_of(kms, connector);
  const FramebufferInfo* fb = crtc ? primary_fb(kms, *crtc) : nullptr;
  OutputLine line;
  line.output = printable(style, connector.name);
  line.status = status_text(connector);
  line.status_role = line.status.ends_with("bad link") ? Role::warning : role_of(connector);
  line.in_use = (connector.connection != Connection::disconnected && !connector.is_writeback()) ||
                crtc != nullptr;
  line.monitor =
      connector.is_writeback() ? "(writes into memory)" : monitor_text(style, connector, edid);
  line.mode = mode_word(style, connector, crtc);
  line.format = or_dash(fb ? printable(style, framebuffer_format(*fb)) : std::string{});
  line.bpc = bpc_text(style, connector, edid);
  line.hdr = hdr_text(kms, connector, edid);
  line.vrr = vrr_text(connector, crtc);
  line.crtc = crtc ? label(crtc->id) : "-";
  line.planes = or_dash(crtc ? planes_text(kms, *crtc) : std::string{});
  return line;
}

}  // namespace drmshow
