#include "query/views/object_view.hpp"

#include <optional>
#include <span>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "query/text/tree_writer.hpp"
#include "query/views/device_text.hpp"
#include "query/views/object_nodes.hpp"
#include "query/views/route_text.hpp"

namespace drmshow {
namespace {

template <class Id, class NodeOf>
std::optional<TreeNode> node_of(const NodeContext& context, Id id, NodeOf make) {
  const auto* object = context.kms.find(id);
  return object ? std::optional{make(context, *object)} : std::nullopt;
}

std::optional<TreeNode> object_node(const NodeContext& context, ObjectRef object) {
  switch (object.kind) {
    case ObjectKind::connector:
      if (const Connector* connector = find_connector(context.kms, object)) {
        return connector_node(context, *connector);
      }
      break;
    case ObjectKind::encoder:
      return node_of(context, EncoderId{object.id}, encoder_node);
    case ObjectKind::crtc:
      return node_of(context, CrtcId{object.id}, crtc_node);
    case ObjectKind::plane:
      return node_of(context, PlaneId{object.id}, plane_node);
    case ObjectKind::framebuffer:
      return node_of(context, FramebufferId{object.id}, framebuffer_node);
    case ObjectKind::colorop:
      if (const Colorop* op = context.kms.find_colorop(object.id)) {
        return colorop_node(context, *op);
      }
      break;
    case ObjectKind::blob:
    case ObjectKind::property:
      break;
  }
  return std::nullopt;
}

std::uint32_t raw_id(const auto& object) {
  if constexpr (requires { object.id.raw(); }) {
    return object.id.raw();
  } else {
    return object.id;
  }
}

// "plane/31, plane/32", and no more than a line of them.
std::string list_of(ObjectKind kind, const auto& objects) {
  constexpr std::size_t most = 12;
  std::vector<std::string> labels;
  for (const auto& object : objects) {
    if (labels.size() == most) {
      labels.push_back(fmt::format("and {} more", objects.size() - most));
      break;
    }
    labels.push_back(label({kind, raw_id(object)}));
  }
  return labels.empty() ? "none of that kind" : join(labels);
}

std::string what_there_is(const Snapshot& kms, ObjectKind kind) {
  switch (kind) {
    case ObjectKind::connector:
      return list_of(kind, kms.connectors());
    case ObjectKind::encoder:
      return list_of(kind, kms.encoders());
    case ObjectKind::crtc:
      return list_of(kind, kms.crtcs());
    case ObjectKind::plane:
      return list_of(kind, kms.planes());
    case ObjectKind::framebuffer:
      return list_of(kind, kms.framebuffers());
    case ObjectKind::colorop:
      return list_of(kind, kms.colorops());
    case ObjectKind::blob:
    case ObjectKind::property:
      break;
  }
  return "none of that kind to look at";
}

[[noreturn]] void refuse(const Report& report, ObjectRef object) {
  const std::string name = printable(TextStyle{}, report.name());
  const std::string hint =
      report.kms ? fmt::format("{} has {}.", name, what_there_is(*report.kms, object.kind))
                 : fmt::format("{} only renders: it has no objects for displays.", name);
  throw Error{Failure::usage, fmt::format("{}: there is no {}", name, label(object)), hint};
}

}  // namespace

std::string object_view(const Report& report, ObjectRef object, const TextStyle& style) {
  const bool nothing = object.id == 0 && object.name.empty();
  if (!report.kms || nothing) refuse(report, object);
  const NodeContext context{*report.kms, report.access, style, Timings::show};
  std::optional<TreeNode> node = object_node(context, object);
  if (!node) refuse(report, object);
  const std::vector<std::string> routes = routes_through(*report.kms, object);
  TreeNode route{routes.empty() ? field(style, "route", "none") : dim(style, "route:"), {}, {}};
  for (const std::string& line : routes) route.details.push_back(printable(style, line));
  node->children.insert(node->children.begin(), std::move(route));
  TreeWriter writer{style};
  writer.write(*node);
  return join(device_heading(style, report), "\n") + "\n\n" + std::move(writer).text();
}

}  // namespace drmshow
