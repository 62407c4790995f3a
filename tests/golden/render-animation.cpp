// Animations as drm-show means them, to be compared with what a screen scanned out:
//
// render-animation NAME WxH NUMBER SECONDS OUT.png [TIME_OF_DAY]
//   writes frame NUMBER as it looks SECONDS after the beginning, which was at TIME_OF_DAY (seconds
//   since midnight, 0 unless given).
// render-animation --crc NAME WxH HZ FIRST LAST
//   prints, for each of these frames, its number and the CRC that vkms reports when it fills the
//   screen. Frame n is n - 1 periods of HZ (a decimal number) after the beginning, at midnight.
// render-animation --read SHOT.png
//   prints the number of the frame that this picture of a screen shows.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <stdexcept>
#include <string>

#include "frame_picture.hpp"
#include "png_file.hpp"
#include "render/cpu/animations.hpp"
#include "render/cpu/frame_code.hpp"
#include "vkms_crc.hpp"

namespace {

using drmshow::Nanoseconds;

constexpr double second = 1e9;  // nanoseconds

Nanoseconds seconds_from(const char* text) {
  return Nanoseconds{std::llround(std::strtod(text, nullptr) * second)};
}

std::unique_ptr<drmshow::Animation> animation_from(const char* name, const char* size_text,
                                                   Nanoseconds time_of_day) {
  drmshow::Size size;
  if (std::sscanf(size_text, "%dx%d", &size.width, &size.height) != 2) {
    throw std::runtime_error{std::string{size_text} + " is no size"};
  }
  auto animation = drmshow::make_animation(name, size, time_of_day);
  if (!animation) throw std::runtime_error{std::string{"no animation is called "} + name};
  return animation;
}

void write_frame(char** words, const char* time_of_day) {
  const auto animation = animation_from(words[0], words[1], seconds_from(time_of_day));
  animation->set({std::strtoull(words[2], nullptr, 10), seconds_from(words[3])});
  drmshow::golden::write_png(words[4], drmshow::golden::FramePicture{*animation});
}

drmshow::Moment moment_of(std::uint64_t number, double hz) {
  return {number,
          Nanoseconds{static_cast<std::int64_t>(static_cast<double>(number - 1) * second / hz)}};
}

void print_crcs(char** words) {
  const auto animation = animation_from(words[0], words[1], {});
  const double hz = std::strtod(words[2], nullptr);
  const auto first = std::strtoull(words[3], nullptr, 10);
  const auto last = std::strtoull(words[4], nullptr, 10);
  if (!(hz > 0) || first < 1) throw std::runtime_error{"HZ and FIRST are above 0"};
  drmshow::golden::VkmsCrcs crcs{animation->size()};
  drmshow::Damage damage{animation->size()};
  damage.add_all();
  for (auto number = first; number <= last; ++number) {
    animation->set(moment_of(number, hz));
    if (number > first) animation->add_damage(moment_of(number - 1, hz), damage);
    std::printf("%llu %08x\n", number, crcs.of(*animation, damage));
    damage.clear();
  }
}

void print_number(const char* file) {
  const auto pixels = drmshow::golden::read_png(file);
  const auto number = drmshow::frame_code::read(pixels.size, pixels.data);
  if (!number) throw std::runtime_error{std::string{file} + ": there is no frame code"};
  std::printf("%u\n", *number);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc == 7 && std::strcmp(argv[1], "--crc") == 0) {
      print_crcs(argv + 2);
    } else if (argc == 3 && std::strcmp(argv[1], "--read") == 0) {
      print_number(argv[2]);
    } else if (argc == 6 || argc == 7) {
      write_frame(argv + 1, argc == 7 ? argv[6] : "0");
    } else {
      std::fputs(
          "usage: render-animation NAME WxH NUMBER SECONDS OUT.png [TIME_OF_DAY]\n"
          "       render-animation --crc NAME WxH HZ FIRST LAST\n"
          "       render-animation --read SHOT.png\n",
          stderr);
      return 2;
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "render-animation: %s\n", error.what());
    return 1;
  }
  return 0;
}
