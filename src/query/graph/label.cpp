#include "query/graph/label.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "edid/edid.hpp"
#include "query/names.hpp"
#include "query/routing.hpp"

namespace drmshow {
namespace {

constexpr std::size_t longest_label = 60;

bool may_be_shown(char32_t c) {
  const bool not_in_xml = (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
  return !is_harmful(c) && !not_in_xml;
}

struct TypeName {
  std::uint32_t type;
  std::string_view name;
};

// DRM_MODE_ENCODER_*, drm_mode.h
constexpr TypeName encoder_types[] = {
    {DRM_MODE_ENCODER_DAC, "DAC"},         {DRM_MODE_ENCODER_TMDS, "TMDS"},
    {DRM_MODE_ENCODER_LVDS, "LVDS"},       {DRM_MODE_ENCODER_TVDAC, "TVDAC"},
    {DRM_MODE_ENCODER_VIRTUAL, "virtual"}, {DRM_MODE_ENCODER_DSI, "DSI"},
    {DRM_MODE_ENCODER_DPMST, "DP MST"},    {DRM_MODE_ENCODER_DPI, "DPI"},
};

std::string encoder_type(std::uint32_t type) {
  if (type == DRM_MODE_ENCODER_NONE) return {};
  const auto* const found = std::ranges::find(encoder_types, type, &TypeName::type);
  return found == std::end(encoder_types) ? fmt::format("type {}", type) : std::string{found->name};
}

// Without the code in brackets, unless it is all there is.
std::string short_format(Format format) {
  const std::string text = to_string(format);
  if (text.starts_with('(')) return text.substr(1, text.size() - 2);
  return text.substr(0, text.find(" ("));
}

std::string pixel_layout(const FramebufferInfo& fb) {
  if (fb.format) return short_format(*fb.format);
  return fb.bpp == 0 ? std::string{} : fmt::format("{} bpp", fb.bpp);
}

std::optional<Rect> place_on_crtc(const Plane& plane) {
  const auto number = [&](std::string_view name) {
    return static_cast<int>(plane.properties.value(name).value_or(0));
  };
  const Size size{number(props::crtc_w.name), number(props::crtc_h.name)};
  if (!plane.crtc || size.empty()) return std::nullopt;
  return Rect{{number(props::crtc_x.name), number(props::crtc_y.name)}, size};
}

bool fills(const Rect& place, const Crtc* crtc) {
  return crtc && crtc->mode && place == Rect{{0, 0}, crtc->mode->size()};
}

std::string monitor(const Connector& connector, const Snapshot& snapshot) {
  const auto edid = edid_of(snapshot, connector);
  return edid ? label_text(monitor_name(*edid)) : std::string{};
}

std::string_view status(Connection connection) {
  if (connection == Connection::connected) return "connected";
  return connection == Connection::disconnected ? "disconnected" : "status unknown";
}

std::string_view kind_prefix(NodeKind kind) {
  constexpr std::string_view prefixes[] = {"fb", "plane", "crtc", "encoder", "connector"};
  return prefixes[column_of(kind)];
}

GraphNode named_node(NodeKind kind, std::uint32_t id, std::string summary) {
  GraphNode node;
  node.kind = kind;
  node.id = id;
  node.name = node_name(kind, id);
  node.summary = std::move(summary);
  return node;
}

}  // namespace

std::string label_text(std::string_view text) {
  std::string shown;
  std::size_t columns = 0;
  std::size_t cut = 0;  // where "..." would go
  while (!text.empty()) {
    if (columns++ == longest_label) return shown.substr(0, cut) + "...";
    if (columns == longest_label - 2) cut = shown.size();
    const CodePoint first = first_code_point(text);
    shown += first.valid && may_be_shown(first.value) ? text.substr(0, first.bytes) : "?";
    text.remove_prefix(first.bytes);
  }
  return shown;
}

std::size_t text_columns(std::string_view text) {
  const auto starts_character = [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  };
  return static_cast<std::size_t>(std::ranges::count_if(text, starts_character));
}

std::string node_name(NodeKind kind, std::uint32_t id) {
  return fmt::format("{}/{}", kind_prefix(kind), id);
}

std::string label(const GraphNode& node) {
  return node.summary.empty() ? node.name : node.name + " " + node.summary;
}

GraphNode make_node(const FramebufferInfo& fb) {
  std::string summary = fb.size.empty() ? "" : fmt::format("{}x{}", fb.size.width, fb.size.height);
  const std::string layout = pixel_layout(fb);
  if (!layout.empty()) summary += (summary.empty() ? "" : " ") + layout;
  GraphNode node = named_node(NodeKind::framebuffer, fb.id.raw(), std::move(summary));
  if (fb.modifier) node.details = {label_text(modifier_name(*fb.modifier))};
  return node;
}

GraphNode make_node(const Plane& plane, const Snapshot& snapshot) {
  GraphNode node =
      named_node(NodeKind::plane, plane.id.raw(), std::string{plane_type_word(plane.type)});
  const auto place = place_on_crtc(plane);
  if (place && !fills(*place, snapshot.find(plane.crtc)))
    node.summary += fmt::format(" {}x{} at {},{}", place->width, place->height, place->x, place->y);
  return node;
}

GraphNode make_node(const Crtc& crtc) {
  GraphNode node =
      named_node(NodeKind::crtc, crtc.id.raw(), crtc.mode ? to_string(*crtc.mode) : std::string{});
  // A mode with ACTIVE 0 is a display in standby (kernel doc, "Standard CRTC Properties").
  if (is_inactive(crtc)) node.summary += ", standby";
  if (crtc.properties.value(props::vrr_enabled.name).value_or(0) != 0)
    node.details = {"variable refresh rate"};
  return node;
}

GraphNode make_node(const Encoder& encoder) {
  return named_node(NodeKind::encoder, encoder.id.raw(), encoder_type(encoder.type));
}

GraphNode make_node(const Connector& connector, const Snapshot& snapshot) {
  GraphNode node = named_node(NodeKind::connector, connector.id.raw(), {});
  if (!connector.name.empty()) node.name = label_text(connector.name);
  node.summary = monitor(connector, snapshot);
  if (connector.is_writeback()) return node;  // nothing can be plugged in there
  if (connector.connection == Connection::connected && !node.summary.empty()) return node;
  node.details = {std::string{status(connector.connection)}};
  return node;
}

GraphNode make_unlisted_node(NodeKind kind, std::uint32_t id) {
  // The kernel has no list of framebuffers: they are known by their users only.
  return named_node(kind, id, kind == NodeKind::framebuffer ? "" : "not listed");
}

}  // namespace drmshow
