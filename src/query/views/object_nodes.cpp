#include "query/views/object_nodes.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "query/names.hpp"
#include "query/object_ref.hpp"
#include "query/routing.hpp"
#include "query/values/value.hpp"
#include "query/views/mode_text.hpp"

namespace drmshow {
namespace {

std::string list_or_none(const std::vector<std::string>& parts) {
  return parts.empty() ? "none" : join(parts);
}

TreeNode property_node(const NodeContext& context, const Property& property) {
  const TextStyle& style = context.style;
  const ValueText value = value_text(context.kms, property);
  const std::string domain = fmt::format("({})", printable(style, domain_text(*property.info)));
  TreeNode node{fmt::format("{} = {}  {}", printable(style, property.info->name),
                            printable(style, value.text), dim(style, domain)),
                {},
                {}};
  for (const std::string& line : value.details) node.details.push_back(printable(style, line));
  return node;
}

TreeNode mode_node(const NodeContext& context, const Mode& mode,
                   const std::optional<Mode>& current) {
  const std::string remarks = mode_remarks(context.style, mode, current);
  TreeNode node{mode_text(context.style, mode), {}, {}};
  if (!remarks.empty()) node.text += "  " + remarks;
  if (context.timings == Timings::show) {
    node.details.push_back(dim(context.style, timings_text(mode)));
  }
  return node;
}

TreeNode modes_node(const NodeContext& context, const Connector& connector) {
  const Crtc* crtc = context.kms.current_crtc(connector);
  const std::optional<Mode> current = crtc ? crtc->mode : std::nullopt;
  TreeNode node{fmt::format("modes ({})", connector.modes.size()), {}, {}};
  for (const Mode& mode : connector.modes) node.add(mode_node(context, mode, current));
  return node;
}

TreeNode connector_encoders_node(const NodeContext& context, const Connector& connector) {
  TreeNode node{"encoders", {}, {}};
  for (const EncoderId id : connector.encoders) {
    const Encoder* encoder = context.kms.find(id);
    if (!encoder) {
      node.add(label(id) + "  not there");
      continue;
    }
    const bool in_use = id == connector.encoder;
    node.add(fmt::format("{} {}  {}can be driven by {}", label(id),
                         encoder_type_name(encoder->type),
                         in_use ? paint(context.style, Role::connected, "in use") + ", " : "",
                         list_or_none(crtc_labels(context.kms, encoder->possible_crtcs))));
  }
  return node;
}

std::string physical_size(const NodeContext& context, const Connector& connector) {
  if (connector.size_mm.empty()) return "not known";
  return fmt::format("{}x{} mm, diagonal {}", connector.size_mm.width, connector.size_mm.height,
                     inches_text(context.style, connector.size_mm));
}

std::vector<std::string> connector_labels(const std::vector<const Connector*>& connectors) {
  std::vector<std::string> labels;
  for (const Connector* connector : connectors) labels.push_back(label(*connector));
  return labels;
}

std::vector<std::string> plane_labels(const std::vector<const Plane*>& planes) {
  std::vector<std::string> labels;
  for (const Plane* plane : planes) {
    labels.push_back(fmt::format("{} {}", label(plane->id), plane_type_word(plane->type)));
  }
  return labels;
}

std::string printable_list(const NodeContext& context, const std::vector<std::string>& parts) {
  return printable(context.style, list_or_none(parts));
}

}  // namespace

Role status_role(Connection connection) {
  switch (connection) {
    case Connection::connected:
      return Role::connected;
    case Connection::disconnected:
      return Role::disconnected;
    case Connection::unknown:
      break;
  }
  return Role::warning;
}

TreeNode properties_node(const NodeContext& context, const PropertySet& properties) {
  TreeNode node{"properties", {}, {}};
  for (const Property& property : properties) node.add(property_node(context, property));
  node.text += fmt::format(" ({})", node.children.size());
  return node;
}

TreeNode connector_node(const NodeContext& context, const Connector& connector) {
  const TextStyle& style = context.style;
  const Crtc* crtc = context.kms.current_crtc(connector);
  TreeNode node{bold(style, printable(style, label(connector))), {}, {}};
  node.text += "  " + (connector.is_writeback() ? "writes into memory"
                                                : paint(style, status_role(connector.connection),
                                                        status_word(connector.connection)));
  if (crtc) {
    node.text += ", driven by " + label(crtc->id);
  } else if (context.access == Access::full) {
    node.text += ", off";
  }
  node.add(field(style, "type", connector_type_name(connector.type)));
  node.add(field(style, "size", physical_size(context, connector)));
  node.add(field(style, "subpixels", subpixel_word(connector.subpixel)));
  if (!connector.encoders.empty()) node.add(connector_encoders_node(context, connector));
  if (!connector.modes.empty()) node.add(modes_node(context, connector));
  node.add(properties_node(context, connector.properties));
  return node;
}

TreeNode encoder_node(const NodeContext& context, const Encoder& encoder) {
  const TextStyle& style = context.style;
  TreeNode node{bold(style, label(encoder.id)) + ' ' + encoder_type_name(encoder.type), {}, {}};
  node.text += encoder.crtc ? "  driven by " + label(encoder.crtc) : "  off";
  if (encoder.crtc && !context.kms.find(encoder.crtc)) node.text += " (no such CRTC)";
  node.add(field(style, "can be driven by",
                 list_or_none(crtc_labels(context.kms, encoder.possible_crtcs))));
  node.add(field(style, "can be cloned with", list_or_none(clone_labels(context.kms, encoder))));
  node.add(
      field(style, "connectors",
            printable_list(context, connector_labels(connectors_with(context.kms, encoder.id)))));
  return node;
}

TreeNode crtc_node(const NodeContext& context, const Crtc& crtc) {
  const TextStyle& style = context.style;
  TreeNode node{bold(style, label(crtc.id)) + "  ", {}, {}};
  node.text += crtc.mode ? mode_text(style, *crtc.mode) : "off";
  if (is_inactive(crtc)) node.text += paint(style, Role::warning, ", inactive");
  const auto planes = plane_labels(planes_on(context.kms, crtc.id));
  node.add(field(style, "index", std::to_string(crtc.index.raw())));
  node.add(field(style, "drives",
                 printable_list(context, connector_labels(connectors_on(context.kms, crtc.id)))));
  node.add(field(style, "planes", list_or_none(planes)));
  node.add(
      field(style, "could drive",
            printable_list(context, connector_labels(possible_connectors(context.kms, crtc)))));
  node.add(
      field(style, "could show", list_or_none(plane_labels(possible_planes(context.kms, crtc)))));
  if (crtc.fb) {
    node.add(
        field(style, "shows",
              fmt::format("{} from {},{}", label(crtc.fb), crtc.fb_offset.x, crtc.fb_offset.y)));
  }
  if (crtc.mode) {
    TreeNode mode{field(style, "mode", mode_remarks(style, *crtc.mode, std::nullopt)), {}, {}};
    mode.details.push_back(timings_text(*crtc.mode));
    node.add(std::move(mode));
  }
  node.add(field(style, "gamma table",
                 crtc.gamma_size == 0 ? "none" : fmt::format("{} entries", crtc.gamma_size)));
  node.add(properties_node(context, crtc.properties));
  return node;
}

TreeNode framebuffer_node(const NodeContext& context, const FramebufferInfo& fb) {
  const TextStyle& style = context.style;
  TreeNode node{bold(style, label(fb.id)) + "  " + framebuffer_text(fb), {}, {}};
  for (std::size_t i = 0; i < fb.planes.size(); ++i) {
    node.add(field(
        style, fmt::format("memory plane {}", i),
        fmt::format("{} bytes a line, from byte {}", fb.planes[i].pitch, fb.planes[i].offset)));
  }
  node.add(
      field(style, "shown by", list_or_none(plane_labels(planes_showing(context.kms, fb.id)))));
  return node;
}

TreeNode colorop_node(const NodeContext& context, const Colorop& colorop) {
  const Property* type = colorop.properties.find("TYPE");
  const auto name = type ? entry_name(*type) : std::nullopt;
  TreeNode node{bold(context.style, label({ObjectKind::colorop, colorop.id})), {}, {}};
  if (name) node.text += ' ' + printable(context.style, *name);
  if (colorop.properties.value("BYPASS").value_or(0) != 0) {
    node.text += "  " + dim(context.style, "bypassed");
  }
  node.add(properties_node(context, colorop.properties));
  return node;
}

std::string framebuffer_format(const FramebufferInfo& fb) {
  std::string text;
  if (fb.format) {
    text = format_name(*fb.format);
  } else if (fb.depth != 0 || fb.bpp != 0) {
    text = fmt::format("depth {}, {} bpp", fb.depth, fb.bpp);
  }
  if (fb.modifier) text += (text.empty() ? "" : " ") + modifier_name(*fb.modifier);
  return text;
}

std::string framebuffer_text(const FramebufferInfo& fb) {
  if (fb.size.empty()) return "nothing known about it";
  return fmt::format("{}x{} {}", fb.size.width, fb.size.height, framebuffer_format(fb));
}

}  // namespace drmshow
