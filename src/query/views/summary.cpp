#include "query/views/summary.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "query/text/table.hpp"
#include "query/views/device_text.hpp"
#include "query/views/output_line.hpp"

namespace drmshow {
namespace {

constexpr int summary_indent = 2;

std::vector<const Connector*> in_order(const Snapshot& kms) {
  std::vector<const Connector*> connectors;
  for (const Connector& connector : kms.connectors()) connectors.push_back(&connector);
  std::stable_partition(connectors.begin(), connectors.end(),
                        [](const Connector* each) { return !each->is_writeback(); });
  return connectors;
}

std::vector<OutputLine> output_lines(const Snapshot& kms, const TextStyle& style) {
  std::vector<OutputLine> lines;
  for (const Connector* connector : in_order(kms)) {
    lines.push_back(output_line(kms, *connector, style));
  }
  return lines;
}

const std::vector<Column>& what_columns() {
  static const std::vector<Column> columns{
      {"OUTPUT"}, {"STATUS"}, {"MONITOR", Align::left, Overflow::shorten}, {"MODE"}};
  return columns;
}

const std::vector<Column>& how_columns() {
  static const std::vector<Column> columns{
      {"FORMAT"}, {"BPC"}, {"HDR"}, {"VRR"}, {"CRTC"}, {"PLANES", Align::left, Overflow::wrap}};
  return columns;
}

std::vector<Cell> what_cells(const OutputLine& line) {
  const Role row = line.in_use ? Role::plain : Role::disconnected;
  return {{line.output, row == Role::plain ? Role::heading : row},
          {line.status, line.status_role},
          {line.monitor, row},
          {line.mode, row}};
}

std::vector<Cell> how_cells(const OutputLine& line) {
  const Role row = line.in_use ? Role::plain : Role::disconnected;
  return {{line.format, row}, {line.bpc, row},  {line.hdr, row},
          {line.vrr, row},    {line.crtc, row}, {line.planes, row}};
}

template <class T>
std::vector<T> joined(std::vector<T> first, const std::vector<T>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

TextTable wide_table(const std::vector<OutputLine>& lines) {
  TextTable table{joined(what_columns(), how_columns())};
  for (const OutputLine& line : lines) table.add(joined(what_cells(line), how_cells(line)));
  return table;
}

TextTable what_table(const std::vector<OutputLine>& lines) {
  TextTable table{what_columns()};
  for (const OutputLine& line : lines) table.add(what_cells(line));
  return table;
}

// Only of outputs that there is something to say about.
TextTable how_table(const std::vector<OutputLine>& lines) {
  TextTable table{joined(std::vector<Column>{{"OUTPUT"}}, how_columns())};
  for (const OutputLine& line : lines) {
    if (!line.in_use) continue;
    std::vector<Cell> key{what_cells(line).front()};
    table.add(joined(key, how_cells(line)));
  }
  return table;
}

// What free text may lose before one table becomes two: enough stays to know a monitor by.
constexpr int give = 12;

std::string outputs_text(const Snapshot& kms, const TextStyle& style) {
  const std::vector<OutputLine> lines = output_lines(kms, style);
  const TextTable wide = wide_table(lines);
  if (style.width <= 0 || wide.natural_width() + summary_indent <= style.width + give) {
    return wide.render(style, summary_indent);
  }
  const TextTable how = how_table(lines);
  std::string text = what_table(lines).render(style, summary_indent);
  if (!how.empty()) text += '\n' + how.render(style, summary_indent);
  return text;
}

// The modes that sysfs names, without any rates: "1920x1080 and 12 more".
std::string mode_names(const Connector& connector, const TextStyle& style) {
  if (connector.modes.empty()) return "-";
  std::set<std::string> names;
  for (const Mode& mode : connector.modes) names.insert(mode.name());
  std::string text = printable(style, connector.modes.front().name());
  if (names.size() > 1) text += fmt::format(" and {} more", names.size() - 1);
  return text;
}

std::string sysfs_outputs_text(const Snapshot& kms, const TextStyle& style) {
  std::vector<Column> columns = what_columns();
  columns.back().head = "MODES";
  TextTable table{columns};
  for (const Connector* connector : in_order(kms)) {
    OutputLine line = output_line(kms, *connector, style);
    line.mode = mode_names(*connector, style);
    table.add(what_cells(line));
  }
  return table.render(style, summary_indent);
}

std::string displays_text(const Report& report, const TextStyle& style) {
  const std::string blanks(summary_indent, ' ');
  if (!report.kms && report.access == Access::full) return blanks + "renders only: no displays\n";
  if (!report.kms) return {};
  if (report.kms->connectors().empty()) return blanks + "no outputs\n";
  return report.access == Access::full ? outputs_text(*report.kms, style)
                                       : sysfs_outputs_text(*report.kms, style);
}

std::string notes_text(const Report& report, const TextStyle& style) {
  std::string text;
  for (const std::string& note : report.notes) {
    const std::string line = paint(style, Role::warning, "note: " + printable(style, note));
    const int room = style.width > 0 ? style.width - summary_indent : display_width(line);
    for (const std::string& part : wrap(line, room, 6)) {
      text += std::string(summary_indent, ' ') + part + '\n';
    }
  }
  return text;
}

std::string no_device_text(const TextStyle& style) {
  constexpr std::string_view text =
      "There is no DRM device: no graphics driver is loaded, or this is a container or virtual "
      "machine without one.";
  return join(wrap(text, style.width > 0 ? style.width : display_width(text)), "\n") + '\n';
}

}  // namespace

std::string summary(std::span<const Report> reports, const TextStyle& style) {
  if (reports.empty()) return no_device_text(style);
  std::string text;
  for (const Report& report : reports) {
    if (!text.empty()) text += '\n';
    text += join(device_heading(style, report), "\n") + '\n';
    text += displays_text(report, style);
    text += notes_text(report, style);
  }
  return text;
}

}  // namespace drmshow
