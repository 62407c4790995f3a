#include "content/image_format.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace drmshow {
namespace {

using namespace std::string_view_literals;

struct Magic {
  std::size_t offset;
  std::string_view bytes;
  const char* what;
};

// From each format's specification; the first match wins.
constexpr std::array kForeign{
    Magic{0, "GIF8"sv, "a GIF image"},
    Magic{8, "WEBP"sv, "a WebP image"},
    Magic{0, "BM"sv, "a BMP image"},
    Magic{0, "II*\0"sv, "a TIFF or raw camera image"},
    Magic{0, "MM\0*"sv, "a TIFF or raw camera image"},
    Magic{4, "ftypavif"sv, "an AVIF image"},
    Magic{4, "ftyphei"sv, "a HEIC image"},
    Magic{4, "ftypmif1"sv, "a HEIF image"},
    Magic{0, "\xff\x0a"sv, "a JPEG XL image"},
    Magic{4, "JXL "sv, "a JPEG XL image"},
    Magic{4, "jP  "sv, "a JPEG 2000 image"},
    Magic{0, "8BPS"sv, "a Photoshop file"},
    Magic{0, "gimp xcf"sv, "a GIMP file"},
    Magic{0, "%PDF"sv, "a PDF document"},
    Magic{0, "<svg"sv, "an SVG drawing"},
    Magic{4, "ftyp"sv, "a video"},
    Magic{0, "\x1a\x45\xdf\xa3"sv, "a video"},
    Magic{0, "YUV4MPEG2"sv, "a video"},
};

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool is_text(std::string_view head) {
  return std::ranges::none_of(head.substr(0, 512), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f') || byte == 0x7f;
  });
}

bool is_netpbm(std::string_view head) {
  return (head.starts_with("P5") || head.starts_with("P6")) && head.size() > 2 &&
         " \t\r\n\v\f#"sv.find(head[2]) != std::string_view::npos;
}

}  // namespace

ImageFormat sniff_format(std::span<const std::byte> bytes) {
  const std::string_view head = text_of(bytes);
  if (head.starts_with("\x89PNG\r\n\x1a\n"sv)) return ImageFormat::png;
  if (head.starts_with("\xff\xd8\xff"sv)) return ImageFormat::jpeg;
  if (head.starts_with("qoif"sv)) return ImageFormat::qoi;
  if (is_netpbm(head)) return ImageFormat::netpbm;
  return ImageFormat::unknown;
}

const char* describe_unknown(std::span<const std::byte> bytes) {
  const std::string_view head = text_of(bytes);
  for (const Magic& magic : kForeign)
    if (head.size() > magic.offset && head.substr(magic.offset).starts_with(magic.bytes))
      return magic.what;
  return is_text(head) ? "a text file" : "not an image that drm-show knows";
}

}  // namespace drmshow
