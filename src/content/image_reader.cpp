#include "content/image_reader.hpp"

#include <fmt/format.h>

#include "content/byte_source.hpp"
#include "content/image_format.hpp"
#include "content/jpeg_reader.hpp"
#include "content/netpbm_reader.hpp"
#include "content/png_reader.hpp"
#include "content/qoi_reader.hpp"
#include "drm-show/error.hpp"

namespace drmshow {
namespace {

constexpr const char* kKnown = "drm-show knows PNG, JPEG, QOI and binary PPM and PGM";

[[noreturn]] void fail_unknown(const std::string& name, ByteSource& source) {
  if (source.errnum() != 0)
    throw Error{Failure::bad_content, name + ": cannot be read", "", source.errnum()};
  if (source.ready().empty())
    throw Error{Failure::bad_content, name + ": is empty", "Choose another file."};
  throw Error{Failure::bad_content,
              fmt::format("{}: is {}: {}", name, describe_unknown(source.ready()), kKnown),
              "Convert it to one of these, or choose another file."};
}

std::unique_ptr<ImageReader> open_source(ByteSource source, std::string name) {
  switch (sniff_format(source.ready())) {
    case ImageFormat::png:
      return open_png(std::move(source), std::move(name));
    case ImageFormat::jpeg:
      return open_jpeg(std::move(source), std::move(name));
    case ImageFormat::netpbm:
      return open_netpbm(std::move(source), std::move(name));
    case ImageFormat::qoi:
      return open_qoi(std::move(source), std::move(name));
    case ImageFormat::unknown:
      break;
  }
  fail_unknown(name, source);
}

}  // namespace

std::unique_ptr<ImageReader> open_image(const std::filesystem::path& path) {
  return open_source(ByteSource::open(path), path.string());
}

std::unique_ptr<ImageReader> open_image_bytes(std::span<const std::byte> bytes, std::string name) {
  return open_source(ByteSource{bytes}, std::move(name));
}

}  // namespace drmshow
