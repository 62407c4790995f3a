#include "content/netpbm_reader.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <vector>

#include "content/content_error.hpp"

namespace drmshow {
namespace {

constexpr const char* kEndsEarly = "the file ends too early";

class NetpbmReader final : public ImageReader {
 public:
  NetpbmReader(ByteSource source, std::string name)
      : name_{std::move(name)}, source_{std::move(source)} {
    get();  // the 'P' that sniff_format() saw
    samples_ = get() == '6' ? 3 : 1;
    const std::uint64_t width = number();
    const std::uint64_t height = number();
    max_ = number();
    size_ = checked_size(name_, width, height);
    if (max_ == 0 || max_ > 65535) fail("its largest sample value is not 1 to 65535");
    row_.resize(static_cast<std::size_t>(size_.width) * samples_ * sample_bytes());
  }

  Size size() const override { return size_; }

  void read_row(std::span<Argb> row) override {
    if (source_.read(row_) != row_.size()) fail(kEndsEarly);
    const std::byte* at = row_.data();
    for (Argb& pixel : row) {
      const Argb first = sample(at);
      const Argb second = samples_ == 1 ? first : sample(at);
      const Argb third = samples_ == 1 ? first : sample(at);
      pixel = 0xff000000u | first << 16 | second << 8 | third;
    }
  }

 private:
  [[noreturn]] void fail(const char* reason) const {
    fail_damaged(name_, "PGM or PPM", reason, source_);
  }

  std::size_t sample_bytes() const { return max_ > 255 ? 2 : 1; }

  char get() {
    std::byte byte{};
    if (source_.read({&byte, 1}) != 1) fail(kEndsEarly);
    return static_cast<char>(byte);
  }

  // The next byte of the header that belongs to no comment.
  char get_outside_comment() {
    char c = get();
    if (c == '#')
      while (c != '\n' && c != '\r') c = get();
    return c;
  }

  // A decimal number, with the white space before it and the one byte of it after.
  std::uint64_t number() {
    char c = get_outside_comment();
    while (std::isspace(static_cast<unsigned char>(c)) != 0) c = get_outside_comment();
    std::uint64_t value = 0;
    for (; c >= '0' && c <= '9'; c = get_outside_comment()) {
      value = value * 10 + static_cast<std::uint64_t>(c - '0');
      if (value > 0xffffffff) fail("a number in its header is too large");
    }
    if (std::isspace(static_cast<unsigned char>(c)) == 0) fail("its header is not made of numbers");
    return value;
  }

  // One sample scaled to 0..255; values above the maximum that the header gave count as it.
  Argb sample(const std::byte*& at) const {
    std::uint32_t value = std::to_integer<std::uint32_t>(*at++);
    if (sample_bytes() == 2) value = value << 8 | std::to_integer<std::uint32_t>(*at++);
    const auto max = static_cast<std::uint32_t>(max_);
    return (std::min(value, max) * 255 + max / 2) / max;
  }

  std::string name_;
  ByteSource source_;
  Size size_;
  std::size_t samples_ = 0;  // of a pixel: 1 gray, 3 red, green, blue
  std::uint64_t max_ = 0;    // the sample value of white
  std::vector<std::byte> row_;
};

}  // namespace

std::unique_ptr<ImageReader> open_netpbm(ByteSource source, std::string name) {
  return std::make_unique<NetpbmReader>(std::move(source), std::move(name));
}

}  // namespace drmshow
