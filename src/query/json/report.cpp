#include "query/json/parts.hpp"

namespace drmshow {
namespace {

void add_driver(JsonWriter& json, const Report& report) {
  const DriverInfo& driver = report.driver;
  json.add("name", driver.name).add("desc", driver.description);
  json.add_object("version", [&] {
    json.add("major", driver.major).add("minor", driver.minor).add("patch", driver.patch);
    json.add("date", driver.date);
  });
  json.add_object("kernel", [&] {
    json.add("sysname", report.kernel.sysname)
        .add("release", report.kernel.release)
        .add("version", report.kernel.version);
  });
  json.add_object("client_caps", [&] {
    for (const auto& cap : report.client_caps) json.add(cap.name, cap.supported);
  });
  json.add_object("caps", [&] {
    for (const auto& cap : report.caps) json.add(cap.name, cap.value);
  });
}

// libdrm's numbers (DRM_BUS_*), which drm_info shows.
std::optional<int> bus_number(const std::string& type) {
  constexpr std::pair<std::string_view, int> numbers[] = {
      {"pci", 0}, {"usb", 1}, {"platform", 2}, {"host1x", 3}, {"faux", 4}};
  for (const auto& [name, number] : numbers) {
    if (name == type) return number;
  }
  return {};
}

// Bits 0 and 2: a primary node and a render node (DRM_NODE_*).
unsigned available_nodes(const Report& report) {
  return 1u | (report.render_path.empty() ? 0u : 4u);
}

void add_device(JsonWriter& json, const Report& report) {
  json.add("available_nodes", available_nodes(report));
  json.add("bus_type", bus_number(report.bus.type));
  json.add("device_data", report.bus.pci);
  json.add("bus", report.bus.type);
  json.add("address", report.bus.address);
  json.add("kernel_driver", report.bus.kernel_driver);
}

}  // namespace

void write_json(JsonWriter& json, const PciIds& pci) {
  json.object([&] {
    json.add("vendor", pci.vendor)
        .add("device", pci.device)
        .add("subsystem_vendor", pci.subsystem_vendor)
        .add("subsystem_device", pci.subsystem_device);
  });
}

void write_json(JsonWriter& json, const FramebufferLimits& limits) {
  json.object([&] {
    json.add("min_width", limits.least.width)
        .add("max_width", limits.greatest.width)
        .add("min_height", limits.least.height)
        .add("max_height", limits.greatest.height);
  });
}

void write_json(JsonWriter& json, const std::vector<DrmClient>& clients) {
  json.array(clients, [&](const DrmClient& client) {
    json.object([&] { json.add("command", client.command).add("pid", client.pid); });
  });
}

void write_json(JsonWriter& json, const Report& report) {
  json.object([&] {
    json.add("schema", json_schema).add("name", report.name());
    json.add("render_node",
             report.render_path.empty() ? std::nullopt : std::optional{report.render_path});
    json.add("access", report.access == Access::full ? "full" : "sysfs");
    json.add_object("driver", [&] { add_driver(json, report); });
    json.add_object("device", [&] { add_device(json, report); });
    json.add("masters", report.masters);
    json.add("lessees", [&] { report.lessees ? json.array(*report.lessees) : json.put(nullptr); });
    json.add_array("notes", report.notes);
    json.add("fb_size", report.limits);
    if (report.kms) add_all_objects(json, *report.kms);
  });
}

void write_json(const Sink& sink, std::span<const Report> reports) {
  JsonWriter json{&sink};
  json.object([&] {
    for (const Report& report : reports) json.add(report.path, report);
  });
  sink(json.take());
}

std::string json_of(std::span<const Report> reports) {
  std::string text;
  write_json([&](std::string_view piece) { text += piece; }, reports);
  return text;
}

}  // namespace drmshow
