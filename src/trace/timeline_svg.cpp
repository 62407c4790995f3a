// A picture of a timeline: a row for each track, time to the right.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "trace/timeline_files.hpp"
#include "trace/utf8_text.hpp"

namespace drmshow {
namespace {

// Pixels.
constexpr double picture_width = 1400;
constexpr double label_width = 210;
constexpr double right_margin = 20;
constexpr double row_height = 24;
constexpr double slice_height = 18;
constexpr double heading_height = 26;
constexpr double axis_height = 52;
constexpr double legend_height = 40;
constexpr double letter_width = 6.1;  // at 11 pixels, about

constexpr std::string_view timeline_style = R"(
svg { font-family: system-ui, "DejaVu Sans", sans-serif; font-size: 11px; }
.ground { fill: #fff; } text { fill: #222; } .in { fill: #111; pointer-events: none; }
.group { font-weight: 600; font-size: 12px; } .axis { fill: #666; } .grid { stroke: #e4e4e4; }
.row { fill: #f6f7f8; } .flow { stroke: #7d8a99; fill: none; opacity: .55; }
.miss { stroke: #d22; stroke-dasharray: 4 3; } .misstext { fill: #c11; font-weight: 600; }
.drawing { fill: #8ab4f0; } .ready { fill: #c4dfb1; } .pending { fill: #f4cd7c; }
.screen { fill: #5fb881; } .fence { fill: #c4a3e6; } .missed, .trouble { fill: #d22; }
.away { fill: #b8bcc2; } .event { fill: #5b6673; } .kernel { fill: #2f7d9b; }
.protocol { fill: #94702f; } .said { fill: #777; }
@media (prefers-color-scheme: dark) {
.ground { fill: #16191d; } text { fill: #d8dce0; } .axis { fill: #98a0a8; } .grid { stroke: #2b3036; }
.row { fill: #1e2227; } .misstext { fill: #ff7a70; } .event { fill: #a9b4c0; } }
)";

constexpr std::array legend_looks{
    std::pair{TimelineLook::drawing, "drawing"},
    std::pair{TimelineLook::fence, "waits for a fence, or is let go of"},
    std::pair{TimelineLook::ready, "ready"},
    std::pair{TimelineLook::pending, "committed"},
    std::pair{TimelineLook::screen, "on the screen"},
    std::pair{TimelineLook::missed, "missed, trouble"},
    std::pair{TimelineLook::kernel, "the kernel's events"},
};

std::string svg_escaped(std::string_view text) {
  std::string result;
  for (const char c : valid_utf8(text)) {
    if (c == '&') {
      result += "&amp;";
    } else if (c == '<') {
      result += "&lt;";
    } else if (c == '>') {
      result += "&gt;";
    } else {
      result += c;
    }
  }
  return result;
}

double text_room(std::string_view text) {
  return static_cast<double>(text.size()) * letter_width;
}

// The longest begin of `text` that fits; of "shown 17" rather the number than a part of the word.
std::string fitting(std::string_view text, double room) {
  if (text_room(text) <= room) return svg_escaped(text);
  const std::string_view last = text.substr(text.rfind(' ') + 1);
  const bool is_number = last.find_first_not_of("0123456789") == std::string_view::npos;
  if (is_number) return text_room(last) <= room ? svg_escaped(last) : std::string{};
  const auto most = static_cast<std::size_t>(std::max(0.0, room / letter_width - 1));
  return most < 4 ? std::string{} : svg_escaped(text.substr(0, most)) + "…";
}

double milliseconds(Nanoseconds time) {
  return std::chrono::duration<double, std::milli>{time}.count();
}

class TimelinePicture {
 public:
  TimelinePicture(const Timeline& timeline, const TimelineSink& sink)
      : timeline_{timeline}, sink_{sink}, span_{span_of(timeline)} {}
  void write();

 private:
  double height() const;
  double x_of(Time time) const;
  void put_head();
  void put_axis();
  void put_group(const TimelineGroup& group);
  void put_track(const TimelineTrack& track);
  void put_slice(const TimelineEvent& slice);
  void put_instants(const TimelineTrack& track);
  void put_instant(const TimelineEvent& event, double room);
  void put_missed();
  void put_flow(const TimelineEvent& event, double x);
  void put_legend();
  static std::string tooltip(const TimelineEvent& event, Time begin);

  const Timeline& timeline_;
  const TimelineSink& sink_;
  TimelineSpan span_;
  double y_ = 0;
  struct Point {
    double x;
    double y;
  };
  std::unordered_map<std::uint64_t, Point> flows_;  // where each was last
  std::string arrows_;                              // above all else
};

double TimelinePicture::height() const {
  double height = axis_height + legend_height;
  for (const TimelineGroup& group : timeline_.groups) {
    height += heading_height + row_height * static_cast<double>(group.tracks.size());
  }
  return height;
}

double TimelinePicture::x_of(Time time) const {
  const double whole = std::max(1e-6, milliseconds(span_.end - span_.begin));
  const double part = milliseconds(std::clamp(time, span_.begin, span_.end) - span_.begin) / whole;
  return label_width + part * (picture_width - label_width - right_margin);
}

void TimelinePicture::put_head() {
  sink_(
      fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" "
                  "viewBox=\"0 0 {0} {1}\" role=\"img\"><title>Timeline of frames</title>\n"
                  "<style>{2}</style>\n<rect class=\"ground\" width=\"{0}\" height=\"{1}\"/>\n",
                  picture_width, height(), timeline_style));
}

// A mark every 1, 2 or 5 times a power of ten, about a dozen of them.
double tick_step(double whole_ms) {
  const double power = std::pow(10.0, std::floor(std::log10(std::max(whole_ms, 1e-3) / 12)));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (whole_ms / (power * step) <= 14) return power * step;
  }
  return power * 10;
}

void TimelinePicture::put_axis() {
  const double whole = milliseconds(span_.end - span_.begin);
  const double step = tick_step(whole);
  for (int i = 0; i * step <= whole && i < 100; ++i) {
    const double x = x_of(span_.begin + Nanoseconds{static_cast<std::int64_t>(i * step * 1e6)});
    sink_(fmt::format(
        "<path class=\"grid\" d=\"M{0:.1f} {1}V{2}\"/>"
        "<text class=\"axis\" x=\"{0:.1f}\" y=\"{3}\" text-anchor=\"middle\">{4:g}"
        "{5}</text>\n",
        x, axis_height - 8, height() - legend_height, 18, i * step, i == 0 ? " ms" : ""));
  }
}

std::string TimelinePicture::tooltip(const TimelineEvent& event, Time begin) {
  std::string text = fmt::format("{} at {:.3f} ms", event.name, milliseconds(event.begin - begin));
  if (event.kind == TimelineEvent::Kind::slice) {
    text += fmt::format(", {:.3f} ms", milliseconds(event.end - event.begin));
  }
  return svg_escaped(text);
}

// From where the frame was last to here.
void TimelinePicture::put_flow(const TimelineEvent& event, double x) {
  if (event.flow == 0) return;
  const Point here{x, y_ + row_height / 2};
  const auto [last, is_new] = flows_.try_emplace(event.flow, here);
  if (!is_new && arrows_.size() < 1'000'000) {
    const double middle = (last->second.y + here.y) / 2;
    arrows_ += fmt::format(
        "<path class=\"flow\" d=\"M{:.1f} {:.1f}C{:.1f} {:.1f} {:.1f} {:.1f} "
        "{:.1f} {:.1f}\"/>\n",
        last->second.x, last->second.y, last->second.x, middle, here.x, middle, here.x, here.y);
  }
  last->second = here;
}

void TimelinePicture::put_slice(const TimelineEvent& slice) {
  const double x = x_of(slice.begin);
  const double width = std::max(1.0, x_of(slice.end) - x - 0.6);
  const double y = y_ + (row_height - slice_height) / 2;
  sink_(
      fmt::format("<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{}\" "
                  "rx=\"2\"><title>{}</title></rect>",
                  name(slice.look), x, y, width, slice_height, tooltip(slice, span_.begin)));
  const std::string text = fitting(slice.name, width - 6);
  if (!text.empty()) {
    sink_(
        fmt::format("<text class=\"in\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>", x + 3, y + 13, text));
  }
  sink_("\n");
  put_flow(slice, x);
}

void TimelinePicture::put_instant(const TimelineEvent& event, double room) {
  const double x = x_of(event.begin);
  const double y = y_ + row_height / 2;
  sink_(
      fmt::format("<path class=\"{}\" d=\"M{:.1f} {:.1f}l4 6l-4 6l-4 -6z\"><title>{}</title>"
                  "</path>",
                  name(event.look), x, y - 6, tooltip(event, span_.begin)));
  const std::string text = fitting(event.name, room - 14);
  const bool labelled =
      !text.empty() && event.look != TimelineLook::missed && event.look != TimelineLook::kernel;
  if (labelled) sink_(fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>", x + 7, y + 4, text));
  sink_("\n");
  if (event.look == TimelineLook::kernel) put_flow(event, x);
}

// Labels go as far as the next one; where there are slices, they have theirs.
void TimelinePicture::put_instants(const TimelineTrack& track) {
  const bool alone = std::ranges::none_of(track.events(), [](const TimelineEvent& event) {
    return event.kind == TimelineEvent::Kind::slice;
  });
  std::vector<const TimelineEvent*> instants;
  for (const TimelineEvent& event : track.events()) {
    if (event.kind == TimelineEvent::Kind::instant) instants.push_back(&event);
  }
  std::ranges::stable_sort(instants, {}, &TimelineEvent::begin);
  for (std::size_t i = 0; i < instants.size(); ++i) {
    const double end =
        i + 1 < instants.size() ? x_of(instants[i + 1]->begin) : picture_width - right_margin;
    put_instant(*instants[i], alone ? end - x_of(instants[i]->begin) : 0);
  }
}

void TimelinePicture::put_track(const TimelineTrack& track) {
  sink_(
      fmt::format("<rect class=\"row\" x=\"{0}\" y=\"{1:.1f}\" width=\"{2}\" height=\"{3}\"/>"
                  "<text x=\"20\" y=\"{4:.1f}\">{5}</text>\n",
                  label_width, y_ + 1, picture_width - label_width - right_margin, row_height - 2,
                  y_ + 16, fitting(track.name(), label_width - 24)));
  for (const TimelineEvent& event : track.events()) {
    if (event.kind == TimelineEvent::Kind::slice) put_slice(event);
  }
  put_instants(track);
  y_ += row_height;
}

void TimelinePicture::put_group(const TimelineGroup& group) {
  sink_(fmt::format("<text class=\"group\" x=\"8\" y=\"{:.1f}\">{}</text>\n", y_ + 18,
                    svg_escaped(group.name)));
  y_ += heading_height;
  for (const TimelineTrack& track : group.tracks) put_track(track);
}

// Through all rows: what was going on then is the question. Several blanks for one frame are told
// once, and so is a frame that is late on several screens at the same place.
void TimelinePicture::put_missed() {
  double free_from = 0;
  std::uint64_t last_flow = 0;
  for (const TimelineGroup& group : timeline_.groups) {
    for (const TimelineTrack& track : group.tracks) {
      for (const TimelineEvent& event : track.events()) {
        if (event.look != TimelineLook::missed) continue;
        const double x = x_of(event.begin);
        sink_(fmt::format("<path class=\"miss\" d=\"M{:.1f} {}V{}\"/>", x, axis_height - 12,
                          height() - legend_height));
        if (x < free_from || event.flow == last_flow) continue;
        last_flow = event.flow;
        free_from = x + text_room(event.name) + 12;
        sink_(fmt::format("<text class=\"misstext\" x=\"{:.1f}\" y=\"36\">{}</text>\n", x + 2,
                          svg_escaped(event.name)));
      }
    }
  }
}

void TimelinePicture::put_legend() {
  double x = label_width;
  const double y = height() - legend_height / 2;
  for (const auto& [look, text] : legend_looks) {
    sink_(
        fmt::format("<rect class=\"{}\" x=\"{:.1f}\" y=\"{}\" width=\"14\" height=\"12\" rx=\"2\"/>"
                    "<text x=\"{:.1f}\" y=\"{}\">{}</text>",
                    name(look), x, y - 6, x + 20, y + 4, text));
    x += 44 + text_room(text);
  }
  sink_("\n");
}

void TimelinePicture::write() {
  put_head();
  put_axis();
  y_ = axis_height;
  for (const TimelineGroup& group : timeline_.groups) put_group(group);
  sink_(arrows_);
  put_missed();
  put_legend();
  sink_("</svg>\n");
}

}  // namespace

void write_timeline_svg(const Timeline& timeline, const TimelineSink& sink) {
  TimelinePicture{timeline, sink}.write();
}

}  // namespace drmshow
