#include "show/hud_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

namespace drmshow {
namespace {

using namespace std::chrono_literals;

constexpr Nanoseconds rate_window = 1s;

double to_milliseconds(Nanoseconds time) {
  return std::chrono::duration<double, std::milli>{time}.count();
}

template <class... Arguments>
void set_hud_line(HudPanel& hud, int line, fmt::format_string<Arguments...> text,
                  Arguments&&... arguments) {
  std::array<char, HudPanel::most_columns> buffer;
  const auto end =
      fmt::format_to_n(buffer.data(), buffer.size(), text, std::forward<Arguments>(arguments)...);
  hud.set_line(line, std::string_view{buffer.data(), std::min(end.size, buffer.size())});
}

}  // namespace

HudText::HudText(const Presenter& presenter, std::size_t output)
    : presenter_{presenter},
      output_{output},
      title_{fmt::format("{}  {}", presenter.outputs()[output].name,
                         to_string(presenter.outputs()[output].mode))} {}

void HudText::write(HudPanel& hud, std::uint64_t number, Time now) {
  const OutputState state = presenter_.state(output_);
  const std::uint64_t shown = state.counts.shown;
  if (counted_at_ == Time{}) counted_at_ = now;
  if (const Nanoseconds passed = now - counted_at_; passed >= rate_window) {
    rate_ = static_cast<double>(shown - counted_) / std::chrono::duration<double>{passed}.count();
    counted_at_ = now;
    counted_ = shown;
  }
  hud.set_line(0, title_);
  set_hud_line(hud, 1, "frame {:<8} {:6.2f} fps{}", number, rate_,
               state.tears            ? "  tearing"
               : state.paced_by_timer ? "  timer"
                                      : "");
  set_hud_line(hud, 2, "latency {:5.1f} ms  missed {}", to_milliseconds(state.latency),
               state.missed);
}

}  // namespace drmshow
