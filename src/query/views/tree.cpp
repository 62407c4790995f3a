#include "query/views/tree.hpp"

#include <span>

#include <fmt/format.h>

#include "query/object_ref.hpp"
#include "query/text/tree_writer.hpp"
#include "query/views/device_text.hpp"

namespace drmshow {
namespace {

std::string bus_text(const TextStyle& style, const BusInfo& bus) {
  std::vector<std::string> parts{printable(
      style, bus.type.empty() ? "not known" : fmt::format("{} {}", bus.type, bus.address))};
  if (bus.pci) {
    parts.push_back(fmt::format("id {:04x}:{:04x}", bus.pci->vendor, bus.pci->device));
    if (bus.pci->subsystem_vendor != 0) {
      parts.push_back(fmt::format("subsystem {:04x}:{:04x}", bus.pci->subsystem_vendor,
                                  bus.pci->subsystem_device));
    }
  }
  if (!bus.kernel_driver.empty()) {
    parts.push_back("kernel driver " + printable(style, bus.kernel_driver));
  }
  return join(parts);
}

std::string full_driver_text(const TextStyle& style, const Report& report) {
  std::string text = driver_text(style, report);
  if (!report.driver.description.empty()) {
    text += fmt::format(", \"{}\"", printable(style, report.driver.description));
  }
  if (!report.driver.date.empty()) text += ", " + printable(style, report.driver.date);
  return text.empty() ? "not known" : text;
}

std::string leases_text(const Report& report) {
  if (!report.lessees) return "not told to us";
  if (report.lessees->empty()) return "none";
  return "lessee " + fmt::format("{}", fmt::join(*report.lessees, ", "));
}

TreeNode device_node(const Report& report, const TextStyle& style) {
  const KernelInfo& kernel = report.kernel;
  TreeNode node{bold(style, "device"), {}, {}};
  node.add(field(style, "primary node", printable(style, report.path)));
  node.add(field(style, "render node",
                 report.render_path.empty() ? "none" : printable(style, report.render_path)));
  node.add(field(style, "driver", full_driver_text(style, report)));
  node.add(field(
      style, "kernel",
      printable(style, fmt::format("{} {} {}", kernel.sysname, kernel.release, kernel.version))));
  node.add(field(style, "bus", bus_text(style, report.bus)));
  node.add(field(style, "master", masters_text(style, report).value_or("not told to us")));
  node.add(field(style, "leases", leases_text(report)));
  return node;
}

// DRM_PRIME_CAP_*, drm.h.
std::string prime_text(std::uint64_t value) {
  std::vector<std::string> words;
  if (value & 1) words.emplace_back("import");
  if (value & 2) words.emplace_back("export");
  return words.empty() ? "" : fmt::format(" ({})", join(words));
}

TreeNode capabilities_node(const Report& report, const TextStyle& style) {
  TreeNode node{bold(style, "capabilities"), {}, {}};
  for (const Capability& cap : report.caps) {
    const std::string name = printable(style, cap.name);
    if (!cap.value) {
      node.add(dim(style, name + ": not known to this kernel or driver"));
      continue;
    }
    node.add(fmt::format("{} = {}{}", name, *cap.value,
                         cap.name == "PRIME" ? prime_text(*cap.value) : ""));
  }
  return node;
}

TreeNode client_capabilities_node(const Report& report, const TextStyle& style) {
  TreeNode node{bold(style, "client capabilities"), {}, {}};
  for (const ClientCapability& cap : report.client_caps) {
    const std::string name = printable(style, cap.name);
    node.add(cap.supported ? name + ": yes" : dim(style, name + ": no"));
  }
  return node;
}

template <class Object>
TreeNode objects_node(const NodeContext& context, std::string_view title,
                      std::span<const Object> objects,
                      TreeNode (*node_of)(const NodeContext&, const Object&)) {
  TreeNode node{bold(context.style, fmt::format("{} ({})", title, objects.size())), {}, {}};
  for (const Object& object : objects) node.add(node_of(context, object));
  return node;
}

TreeNode all_pipelines_node(const NodeContext& context) {
  TreeNode node{bold(context.style, "colour pipelines"), {}, {}};
  for (const Plane& plane : context.kms.planes()) {
    TreeNode pipelines = pipelines_node(context, plane);
    if (!pipelines.children.empty()) node.add(std::move(pipelines));
  }
  return node;
}

TreeNode vanished_node(const Report& report, const TextStyle& style) {
  TreeNode node{bold(style, "vanished"), {}, {}};
  for (const Vanished& gone : report.kms->vanished()) {
    node.add(
        paint(style, Role::warning,
              fmt::format("{} vanished while it was being read", label({gone.kind, gone.id}))));
  }
  return node;
}

void add_if_filled(TreeNode& parent, TreeNode node) {
  if (!node.children.empty()) parent.add(std::move(node));
}

void add_kms(TreeNode& root, const Report& report, const NodeContext& context) {
  const Snapshot& kms = context.kms;
  add_if_filled(root, objects_node(context, "connectors", kms.connectors(), connector_node));
  add_if_filled(root, objects_node(context, "encoders", kms.encoders(), encoder_node));
  add_if_filled(root, objects_node(context, "CRTCs", kms.crtcs(), crtc_node));
  add_if_filled(root, objects_node(context, "planes", kms.planes(), plane_node));
  add_if_filled(root, objects_node(context, "framebuffers", kms.framebuffers(), framebuffer_node));
  add_if_filled(root, all_pipelines_node(context));
  add_if_filled(root, vanished_node(report, context.style));
}

void add_notes(TreeNode& root, const Report& report, const TextStyle& style) {
  if (report.notes.empty()) return;
  TreeNode& notes = root.add(bold(style, "notes"));
  for (const std::string& note : report.notes) {
    notes.add(paint(style, Role::warning, printable(style, note)));
  }
}

}  // namespace

std::string tree(const Report& report, const TextStyle& style, Timings timings) {
  std::vector<std::string> heading = device_heading(style, report);
  TreeNode root{heading.front(), {heading.begin() + 1, heading.end()}, {}};
  root.add(device_node(report, style));
  add_if_filled(root, capabilities_node(report, style));
  add_if_filled(root, client_capabilities_node(report, style));
  if (report.limits) {
    const auto& [least, greatest] = *report.limits;
    root.add(field(style, "framebuffers may have",
                   fmt::format("{}x{} to {}x{} pixels", least.width, least.height, greatest.width,
                               greatest.height)));
  }
  if (report.kms) {
    add_kms(root, report, {*report.kms, report.access, style, timings});
  } else {
    root.add("renders only: no displays");
  }
  add_notes(root, report, style);
  TreeWriter writer{style};
  writer.write(root);
  return std::move(writer).text();
}

}  // namespace drmshow
