#include "content/png_decoder.hpp"

#include <cstdio>
#include <new>

#include "content/image_reader.hpp"

namespace drmshow {
namespace {

// Largest ancillary chunk that is read; a picture's orientation needs far less.
constexpr png_alloc_size_t kMaxChunkBytes = 8u << 20;

}  // namespace

PngDecoder::PngDecoder(ByteSource source) : source_{std::move(source)} {
  png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, on_error, on_warning);
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
  png_set_chunk_malloc_max(png_, kMaxChunkBytes);
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
