#include "content/png_decoder.hpp"

#include <cstdio>
#include <cstdlib>
#include <new>

#include "content/image_reader.hpp"

namespace drmshow {
namespace {

// Most that libpng may ask for at once. A row of the widest picture takes 128 KiB; only the length
// that a chunk claims for itself can ask for more, and the limit that libpng has for chunks is just
// a warning to it (png_check_chunk_length() in 1.6.39).
constexpr png_alloc_size_t kMaxBlockBytes = 8u << 20;

png_voidp allocate(png_structp, png_alloc_size_t size) {
  return size <= kMaxBlockBytes ? std::malloc(size) : nullptr;
}

void release(png_structp, png_voidp block) {
  std::free(block);
}

}  // namespace

PngDecoder::PngDecoder(ByteSource source) : source_{std::move(source)} {
  png_ = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, this, on_error, on_warning, nullptr,
                                  allocate, release);
  if (png_) info_ = png_create_info_struct(png_);
  if (!info_) {
    png_destroy_read_struct(&png_, nullptr, nullptr);
    throw std::bad_alloc{};
  }
  png_set_read_fn(png_, this, on_read);
  if (!attempt([this](png_structp, png_infop) { harden(); })) {
    png_destroy_read_struct(&png_, &info_, nullptr);
    throw std::bad_alloc{};
  }
}

void PngDecoder::on_error(png_structp png, png_const_charp message) {
  auto* self = static_cast<PngDecoder*>(png_get_error_ptr(png));
  std::snprintf(self->reason_.data(), self->reason_.size(), "%s", message);
  png_longjmp(png, 1);
}

void PngDecoder::on_read(png_structp png, png_bytep to, png_size_t count) {
  auto* self = static_cast<PngDecoder*>(png_get_io_ptr(png));
  if (self->source_.read(std::as_writable_bytes(std::span{to, count})) != count)
    png_error(png, "the file ends too early");
}

void PngDecoder::harden() {
  png_set_user_limits(png_, kMaxImageSide, kMaxImageSide);
  png_set_chunk_cache_max(png_, 64);
  png_set_chunk_malloc_max(png_, kMaxBlockBytes);
  // No ancillary chunk is parsed but tRNS (never dropped by this call) and eXIf.
  png_set_keep_unknown_chunks(png_, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
  png_set_keep_unknown_chunks(png_, PNG_HANDLE_CHUNK_AS_DEFAULT,
                              reinterpret_cast<png_const_bytep>("eXIf"), 1);
#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
  // Checksums would keep nearly every mutation from reaching the code behind them.
  png_set_crc_action(png_, PNG_CRC_QUIET_USE, PNG_CRC_QUIET_USE);
  png_set_option(png_, PNG_IGNORE_ADLER32, PNG_OPTION_ON);
#else
  png_set_crc_action(png_, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
#endif
}

}  // namespace drmshow
