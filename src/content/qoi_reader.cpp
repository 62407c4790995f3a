#include "content/qoi_reader.hpp"

#include <algorithm>
#include <array>

#include "content/content_error.hpp"

namespace drmshow {
namespace {

struct Colour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  std::uint8_t alpha = 0xff;
};

constexpr std::uint8_t plus(std::uint8_t value, int difference) {
  return static_cast<std::uint8_t>(value + difference);
}

constexpr Argb pack(Colour c) {
  return Argb{c.alpha} << 24 | Argb{c.red} << 16 | Argb{c.green} << 8 | c.blue;
}

constexpr std::size_t hash(Colour c) {
  return (c.red * 3u + c.green * 5u + c.blue * 7u + c.alpha * 11u) % 64;
}

class QoiReader final : public ImageReader {
 public:
  QoiReader(ByteSource source, std::string name)
      : name_{std::move(name)}, source_{std::move(source)} {
    for (int i = 0; i < 4; ++i) get();  // "qoif"
    const std::uint32_t width = get_word();
    const std::uint32_t height = get_word();
    const int channels = get();
    get();  // colour space, only informative
    size_ = checked_size(name_, width, height);
    if (channels != 3 && channels != 4) fail("it has neither 3 nor 4 channels");
    has_alpha_ = channels == 4;
    seen_.fill(Colour{0, 0, 0, 0});
  }

  Size size() const override { return size_; }
  bool has_alpha() const override { return has_alpha_; }

  void read_row(std::span<Argb> row) override {
    const Argb opaque = has_alpha_ ? 0 : 0xff000000u;
    for (Argb& pixel : row) {
      if (run_ > 0)
        --run_;
      else
        next_colour();
      pixel = pack(last_) | opaque;
    }
    if (++next_row_ == size_.height) check_end();
  }

 private:
  [[noreturn]] void fail(const char* reason) const { fail_damaged(name_, "QOI", reason, source_); }

  std::uint8_t get() {
    std::byte byte{};
    if (source_.read({&byte, 1}) != 1) fail("the file ends too early");
    return std::to_integer<std::uint8_t>(byte);
  }

  std::uint32_t get_word() {
    std::uint32_t word = 0;
    for (int i = 0; i < 4; ++i) word = word << 8 | get();
    return word;
  }

  // One chunk: leaves its colour in last_ and what it repeats in run_.
  void next_colour() {
    const std::uint8_t tag = get();
    if (tag == 0xfe || tag == 0xff) {
      read_literal(tag);
    } else if (tag >> 6 == 0) {
      last_ = seen_[tag];
    } else if (tag >> 6 == 1) {
      last_ = {plus(last_.red, (tag >> 4 & 3) - 2), plus(last_.green, (tag >> 2 & 3) - 2),
               plus(last_.blue, (tag & 3) - 2), last_.alpha};
    } else if (tag >> 6 == 2) {
      read_luma(tag);
    } else {
      run_ = tag & 0x3f;  // stored with a bias of -1: this pixel is the one more
    }
    seen_[hash(last_)] = last_;
  }

  void read_literal(std::uint8_t tag) {
    last_.red = get();
    last_.green = get();
    last_.blue = get();
    if (tag == 0xff) last_.alpha = get();
  }

  void read_luma(std::uint8_t tag) {
    const int green = (tag & 0x3f) - 32;
    const std::uint8_t others = get();
    last_ = {plus(last_.red, green - 8 + (others >> 4)), plus(last_.green, green),
             plus(last_.blue, green - 8 + (others & 0xf)), last_.alpha};
  }

  void check_end() {
    for (int i = 0; i < 7; ++i)
      if (get() != 0) fail("its end mark is missing");
    if (get() != 1) fail("its end mark is missing");
  }

  std::string name_;
  ByteSource source_;
  Size size_;
  bool has_alpha_ = false;
  std::array<Colour, 64> seen_{};
  Colour last_;
  int run_ = 0;  // pixels that repeat last_
  int next_row_ = 0;
};

}  // namespace

std::unique_ptr<ImageReader> open_qoi(ByteSource source, std::string name) {
  return std::make_unique<QoiReader>(std::move(source), std::move(name));
}

}  // namespace drmshow
