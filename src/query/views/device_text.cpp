#include "query/views/device_text.hpp"

#include <fmt/format.h>

namespace drmshow {

std::string driver_text(const TextStyle& style, const Report& report) {
  const DriverInfo& driver = report.driver;
  if (driver.name.empty()) return printable(style, report.bus.kernel_driver);
  return fmt::format("{} {}.{}.{}", printable(style, driver.name), driver.major, driver.minor,
                     driver.patch);
}

std::optional<std::string> masters_text(const TextStyle& style, const Report& report) {
  if (!report.masters) return std::nullopt;
  std::vector<std::string> masters;
  for (const DrmClient& client : *report.masters) {
    masters.push_back(fmt::format("{} ({})", printable(style, client.command), client.pid));
  }
  return masters.empty() ? "none" : join(masters);
}

namespace {

// "pci 0000:00:02.0"; one alone without a blank.
std::string pair_text(const TextStyle& style, const std::string& a, const std::string& b) {
  return printable(style, a + (a.empty() || b.empty() ? "" : " ") + b);
}

}  // namespace

std::vector<std::string> device_heading(const TextStyle& style, const Report& report) {
  std::vector<std::string> parts{driver_text(style, report),
                                 pair_text(style, report.bus.type, report.bus.address),
                                 pair_text(style, report.kernel.sysname, report.kernel.release)};
  if (const auto masters = masters_text(style, report)) parts.push_back("master: " + *masters);
  std::vector<std::string> lines{bold(style, printable(style, report.name()))};
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    const int width = display_width(lines.back()) + 2 + display_width(part);
    if (style.width > 0 && width > style.width) lines.emplace_back();
    lines.back() += "  " + part;
  }
  return lines;
}

}  // namespace drmshow
