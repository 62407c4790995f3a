// What the animation tests share.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "frame_picture.hpp"
#include "png_file.hpp"
#include "render/cpu/animations.hpp"
#include "render/cpu/hud.hpp"
#include "render/cpu/overlay.hpp"
#include "render/cpu/still_animation.hpp"
#include "render/cpu/turned.hpp"

namespace drmshow {

inline void PrintTo(Size size, std::ostream* out) {
  *out << size.width << 'x' << size.height;
}
inline void PrintTo(const Moment& moment, std::ostream* out) {
  *out << moment.number << " at " << moment.time.count() << " ns";
}

}  // namespace drmshow

namespace drmshow::testing {

using namespace std::chrono_literals;

inline constexpr Nanoseconds ten_past_ten = 10h + 9min + 58s;

/// Frame `number`, the first at the beginning, at `hz`, as a display's clock would have it.
inline Moment moment_at(std::uint64_t number, std::int64_t hz = 60) {
  return {number, Nanoseconds{static_cast<std::int64_t>(number - 1) * 1'000'000'000 / hz}};
}

inline std::vector<Pixel> frame_of(const Animation& animation) {
  return golden::draw(golden::FramePicture{animation}).data;
}

inline Pixel pixel_at(const std::vector<Pixel>& frame, Size size, int x, int y) {
  return frame[static_cast<std::size_t>(std::int64_t{y} * size.width + x)];
}

/// What is tested of every animation is tested of these: all of them, decorated ones too.
inline constexpr std::string_view subjects[] = {"bounce",
                                                "scroll",
                                                "clock",
                                                "zone",
                                                "still",
                                                "labelled bounce",
                                                "hud on clock",
                                                "hud on still",
                                                "hud on labelled zone",
                                                "turned 1 bounce",
                                                "turned 2 clock",
                                                "turned 3 scroll",
                                                "hud on turned 1 zone"};

struct Subject {
  std::unique_ptr<Animation> animation;
  Hud* hud = nullptr;  // if it has one

  Subject(std::string_view name, Size size);
  Animation* operator->() const { return animation.get(); }
  /// Also puts the frame's number into the HUD.
  void set(const Moment& now) const;

 private:
  std::unique_ptr<Animation> undecorated(std::string_view name, Size size);
};

inline Subject::Subject(std::string_view name, Size size) {
  constexpr std::string_view hud_prefix = "hud on ";
  if (!name.starts_with(hud_prefix)) {
    animation = undecorated(name, size);
    return;
  }
  auto with_hud = std::make_unique<Hud>(undecorated(name.substr(hud_prefix.size()), size), 3, 24);
  hud = with_hud.get();
  animation = std::move(with_hud);
}

inline std::unique_ptr<Animation> Subject::undecorated(std::string_view name, Size size) {
  constexpr std::string_view label_prefix = "labelled ";
  const Label label{{"Virtual-1", "60.00 Hz"}};
  constexpr std::string_view turned_prefix = "turned ";
  if (name.starts_with(turned_prefix)) {
    const int turns = name[turned_prefix.size()] - '0';
    auto source =
        undecorated(name.substr(turned_prefix.size() + 2), size_before_turning(size, turns));
    return turned(std::move(source), turns);
  }
  if (name == "still") return still_animation(make_pattern("card", size));
  if (!name.starts_with(label_prefix)) return make_animation(name, size, ten_past_ten);
  return with_label(undecorated(name.substr(label_prefix.size()), size), label);
}

inline void Subject::set(const Moment& now) const {
  animation->set(now);
  if (hud == nullptr) return;
  constexpr std::string_view digits = "0123456789";
  for (int line = 0; line < 3; ++line) {
    hud->set_line(line, digits.substr((now.number + static_cast<unsigned>(line)) % 10));
  }
}

inline std::string test_name(std::string_view subject) {
  std::string name{subject};
  for (char& c : name) c = c == ' ' ? '_' : c;
  return name;
}

}  // namespace drmshow::testing
