#include "kms/mode_choice.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>
#include <vector>

#include <fmt/format.h>

namespace drmshow {
namespace {

template <class Number>
std::optional<Number> to_number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

// "59.94" is 5994: compared as whole hundredths, so that no binary fraction gets in the way.
std::optional<std::int64_t> to_centihertz(std::string_view text) {
  const std::size_t dot = text.find('.');
  const auto whole = to_number<std::uint16_t>(text.substr(0, dot));
  if (!whole) return std::nullopt;
  if (dot == std::string_view::npos) return *whole * 100;
  std::string digits{text.substr(dot + 1)};
  if (digits.empty() || digits.size() > 6) return std::nullopt;
  const auto fraction = to_number<std::uint32_t>((digits + "000000").substr(0, 6));
  if (!fraction) return std::nullopt;
  return *whole * 100 + (*fraction + 5'000) / 10'000;
}

std::optional<ModeChoice> parse_exact(std::string_view text) {
  ModeChoice::Exact exact;
  if (const std::size_t at = text.find('@'); at != std::string_view::npos) {
    std::string_view rate = text.substr(at + 1);
    if (rate.ends_with("Hz")) rate.remove_suffix(2);
    exact.centihertz = to_centihertz(rate);
    if (!exact.centihertz) return std::nullopt;
    text = text.substr(0, at);
  }
  if (text.ends_with('i')) {
    exact.interlaced = true;
    text.remove_suffix(1);
  }
  const std::size_t x = text.find('x');
  if (x == std::string_view::npos) return std::nullopt;
  const auto width = to_number<std::uint16_t>(text.substr(0, x));
  const auto height = to_number<std::uint16_t>(text.substr(x + 1));
  if (!width || !height || *width == 0 || *height == 0) return std::nullopt;
  exact.size = {*width, *height};
  return ModeChoice{exact};
}

auto quality(const Mode& mode) {
  return std::tuple{mode.preferred(), !mode.interlaced(), mode.refresh().millihertz()};
}

bool matches(const Mode& mode, const ModeChoice::Exact& exact) {
  return mode.size() == exact.size &&
         (!exact.centihertz || mode.refresh().centihertz() == *exact.centihertz) &&
         (!exact.interlaced || mode.interlaced() == *exact.interlaced);
}

const Mode* choose(std::span<const Mode> modes, ModeChoice::Preferred) {
  const auto found = std::ranges::find_if(modes, &Mode::preferred);
  // A display that prefers none: the kernel sorts lists best first.
  return found == modes.end() ? &modes.front() : &*found;
}

const Mode* choose(std::span<const Mode> modes, ModeChoice::Highest) {
  return &*std::ranges::max_element(modes, {}, [](const Mode& mode) {
    return std::tuple{mode.size().area(), !mode.interlaced(), mode.refresh().millihertz()};
  });
}

const Mode* choose(std::span<const Mode> modes, const ModeChoice::Exact& exact) {
  const Mode* best = nullptr;
  for (const Mode& mode : modes) {
    if (matches(mode, exact) && (!best || quality(mode) > quality(*best))) best = &mode;
  }
  return best;
}

const Mode* choose(std::span<const Mode> modes, ModeChoice::Index index) {
  return index.number < modes.size() ? &modes[index.number] : nullptr;
}

// How far a mode is from what was asked: size first, then refresh rate.
auto distance(const Mode& mode, const ModeChoice::Exact& exact) {
  const auto apart = [](std::int64_t a, std::int64_t b) { return std::abs(a - b); };
  return std::tuple{
      apart(mode.size().width, exact.size.width) + apart(mode.size().height, exact.size.height),
      exact.centihertz ? apart(mode.refresh().centihertz(), *exact.centihertz) : 0};
}

}  // namespace

std::optional<ModeChoice> parse_mode_choice(std::string_view text) {
  if (text == "preferred") return ModeChoice{ModeChoice::Preferred{}};
  if (text == "highest") return ModeChoice{ModeChoice::Highest{}};
  if (text.starts_with('#')) {
    const auto number = to_number<std::uint16_t>(text.substr(1));
    if (!number) return std::nullopt;
    return ModeChoice{ModeChoice::Index{*number}};
  }
  return parse_exact(text);
}

const Mode* choose_mode(std::span<const Mode> modes, const ModeChoice& choice) {
  if (modes.empty()) return nullptr;
  return std::visit([&](const auto& what) { return choose(modes, what); }, choice.what);
}

std::string mode_argument(const Mode& mode) {
  const std::int64_t rate = mode.refresh().centihertz();
  return fmt::format("{}x{}{}@{}.{:02}", mode.size().width, mode.size().height,
                     mode.interlaced() ? "i" : "", rate / 100, rate % 100);
}

std::vector<std::string> nearest_modes(std::span<const Mode> modes, const ModeChoice& choice,
                                       std::size_t count) {
  std::vector<const Mode*> order;
  for (const Mode& mode : modes) order.push_back(&mode);
  if (const auto* exact = std::get_if<ModeChoice::Exact>(&choice.what)) {
    std::ranges::stable_sort(order, {}, [&](const Mode* mode) { return distance(*mode, *exact); });
  }
  std::vector<std::string> names;
  for (const Mode* mode : order) {
    const std::string name = mode_argument(*mode);
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    if (names.size() == count) break;
  }
  return names;
}

}  // namespace drmshow
