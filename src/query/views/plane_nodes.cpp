// The nodes of planes and of the colour pipelines that they offer.
#include <algorithm>

#include <fmt/format.h>

#include "query/names.hpp"
#include "query/object_ref.hpp"
#include "query/routing.hpp"
#include "query/views/object_nodes.hpp"

namespace drmshow {
namespace {

// 16.16 fixed point, as far as it goes: "1920.5".
std::string fraction(const PropertySet& properties, std::string_view name) {
  const auto raw = static_cast<std::uint32_t>(properties.value(name).value_or(0));
  return fmt::format("{:.10g}", Fixed16_16::from_raw(raw).value());
}

std::int32_t whole(const PropertySet& properties, std::string_view name) {
  return static_cast<std::int32_t>(properties.value(name).value_or(0));
}

// Which part of the framebuffer goes where on the screen; empty where the driver does not tell.
std::string position_text(const TextStyle& style, const PropertySet& properties) {
  if (!properties.find(props::src_w.name) || !properties.find(props::crtc_w.name)) return {};
  return fmt::format("{}x{} from {},{} {} {}x{} at {},{}", fraction(properties, props::src_w.name),
                     fraction(properties, props::src_h.name),
                     fraction(properties, props::src_x.name),
                     fraction(properties, props::src_y.name), style.unicode ? "→" : "->",
                     static_cast<std::uint32_t>(whole(properties, props::crtc_w.name)),
                     static_cast<std::uint32_t>(whole(properties, props::crtc_h.name)),
                     whole(properties, props::crtc_x.name), whole(properties, props::crtc_y.name));
}

std::string formats_text(const Plane& plane) {
  std::vector<std::string> names;
  for (const Format format : plane.formats) names.push_back(format_name(format));
  return names.empty() ? "none" : join(names);
}

}  // namespace

TreeNode plane_node(const NodeContext& context, const Plane& plane) {
  const TextStyle& style = context.style;
  TreeNode node{
      fmt::format("{} {}  ", bold(style, label(plane.id)), plane_type_word(plane.type)), {}, {}};
  node.text += plane.crtc ? "on " + label(plane.crtc) : "off";
  if (plane.crtc && !context.kms.find(plane.crtc)) node.text += " (no such CRTC)";
  const auto crtcs = crtc_labels(context.kms, plane.possible_crtcs);
  node.add(field(style, "can be on", crtcs.empty() ? "none" : join(crtcs)));
  if (plane.fb) {
    const FramebufferInfo* fb = context.kms.find(plane.fb);
    node.add(field(style, "shows",
                   label(plane.fb) + (fb ? "  " + framebuffer_text(*fb) : std::string{})));
    const std::string position = position_text(style, plane.properties);
    if (!position.empty()) node.add(field(style, "part", position));
  }
  node.add(field(style, fmt::format("formats ({})", plane.formats.size()), formats_text(plane)));
  node.add(properties_node(context, plane.properties));
  return node;
}

TreeNode pipelines_node(const NodeContext& context, const Plane& plane) {
  const TextStyle& style = context.style;
  TreeNode node{label(plane.id), {}, {}};
  const Property* offered = plane.properties.find("COLOR_PIPELINE");
  if (!offered) return node;
  for (const auto& entry : offered->info->entries) {
    if (entry.value == 0) continue;  // "Bypass": none
    TreeNode& pipeline = node.add(printable(style, entry.name));
    if (entry.value == offered->value) {
      pipeline.text += "  " + paint(style, Role::connected, "in use");
    }
    const auto first = static_cast<std::uint32_t>(entry.value);
    for (const Colorop* op : pipeline_from(context.kms, first)) {
      pipeline.add(colorop_node(context, *op));
    }
  }
  return node;
}

}  // namespace drmshow
