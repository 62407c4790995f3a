#include "query/source.hpp"

#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/nearest.hpp"
#include "drm-show/device_list.hpp"
#include "drm-show/error.hpp"
#include "query/json/json.hpp"

namespace drmshow {
namespace {

// A report of a large device has some hundred kilobytes.
constexpr std::size_t largest_file = 16u << 20;

std::string read_all(std::istream& stream, const std::string& name) {
  std::string text;
  char chunk[65536];
  while (stream.read(chunk, sizeof chunk), stream.gcount() > 0) {
    text.append(chunk, static_cast<std::size_t>(stream.gcount()));
    if (text.size() > largest_file) {
      throw Error{Failure::bad_content, name + " is larger than 16 MiB: no report of devices",
                  "A file that drm-query --json or drm_info -j wrote is expected."};
    }
  }
  return text;
}

std::vector<Report> read_file(const std::filesystem::path& file) {
  if (file == "-") return reports_from_json(read_all(std::cin, "stdin"), "stdin");
  errno = 0;
  std::ifstream stream{file, std::ios::binary};
  std::error_code error;
  if (!stream || std::filesystem::is_directory(file, error)) {
    throw Error{Failure::bad_content,
                fmt::format("cannot read {}", file.string()),
                {},
                stream ? EISDIR : errno};
  }
  return reports_from_json(read_all(stream, file.string()), file.string());
}

Report read_node(const std::filesystem::path& node, ProbePolicy probe) {
  try {
    return read_report(node, probe);
  } catch (const Error& error) {
    if (error.failure() != Failure::no_permission) throw;
    Report report = read_sysfs_report(node);
    report.notes.push_back(
        fmt::format("{}: only what sysfs tells is known. {}", error.what(), error.hint()));
    return report;
  }
}

bool is_slot(const std::string& slot, const std::string& selector) {
  return !slot.empty() && (slot == selector || slot == "0000:" + selector);
}

// Those that cannot be ruled out without opening them: a driver's name is only known then.
std::vector<std::filesystem::path> candidates(const std::string& selector) {
  if (selector.empty()) return list_nodes();
  std::vector<std::filesystem::path> found;
  for (const DeviceInfo& info : list_devices()) {
    const std::string name = info.node.filename().string();
    if (name == selector || name == "card" + selector || is_slot(info.pci_slot, selector)) {
      found.push_back(info.node);
    }
  }
  return found.empty() ? list_nodes() : found;
}

// What is left to say about a device that failed to answer: the others' answers are still wanted.
std::optional<Report> report_without_answers(const std::filesystem::path& node,
                                             const Error& error) {
  try {
    Report report = read_sysfs_report(node);
    report.notes.push_back(fmt::format("{}: only what sysfs tells is known.", error.what()));
    return report;
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::vector<Report> read_devices(const Source& source) {
  std::vector<Report> reports;
  const std::vector<std::filesystem::path> nodes = candidates(source.device);
  for (const std::filesystem::path& node : nodes) {
    try {
      reports.push_back(read_node(node, source.probe));
    } catch (const Error& error) {
      std::error_code unknown;
      if (!std::filesystem::exists(node, unknown)) continue;  // gone since the list
      if (nodes.size() == 1) throw;
      if (auto report = report_without_answers(node, error)) {
        reports.push_back(std::move(*report));
      }
    }
  }
  return reports;
}

[[noreturn]] void throw_unknown(const std::string& selector, const std::vector<Report>& reports) {
  if (reports.empty()) throw_no_device();
  std::vector<std::string> names;
  for (const Report& report : reports) {
    names.push_back(report.name());
    if (!report.driver.name.empty()) names.push_back(report.driver.name);
    if (report.bus.type == "pci") names.push_back(report.bus.address);
  }
  throw Error{
      Failure::no_device, fmt::format("there is no DRM device \"{}\"", selector),
      fmt::format("{}There are: {}.", did_you_mean(selector, names), fmt::join(names, ", "))};
}

}  // namespace

void throw_no_device() {
  throw Error{Failure::no_device, "there is no DRM device",
              "Load your graphics driver (for example: modprobe i915, amdgpu, virtio_gpu)."};
}

bool is_selected(const Report& report, const std::string& selector) {
  if (selector.empty()) return false;
  if (report.path == selector || report.name() == selector || report.driver.name == selector) {
    return true;
  }
  if (report.name() == "card" + selector) return true;
  return report.bus.type == "pci" && is_slot(report.bus.address, selector);
}

std::vector<Report> read_reports(const Source& source) {
  const bool is_path = source.device.find('/') != std::string::npos;
  if (source.file.empty() && is_path) {
    std::vector<Report> reports;
    reports.push_back(read_node(source.device, source.probe));
    return reports;
  }
  std::vector<Report> reports = source.file.empty() ? read_devices(source) : read_file(source.file);
  if (source.device.empty()) return reports;
  std::vector<Report> selected;
  for (Report& report : reports) {
    if (is_selected(report, source.device)) selected.push_back(std::move(report));
  }
  if (selected.empty()) throw_unknown(source.device, reports);
  return selected;
}

}  // namespace drmshow
