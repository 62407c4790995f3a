// libpng's read structure, what its callbacks need, and a guard around them. libpng leaves by
// longjmp() from its error callback: every call into it runs inside attempt(), and between that
// setjmp() and the library no object with a destructor may live.
#pragma once

#include <array>
#include <csetjmp>
#include <type_traits>

#include <png.h>

#include "content/byte_source.hpp"

namespace drmshow {

class PngDecoder {
 public:
  explicit PngDecoder(ByteSource source);
  PngDecoder(const PngDecoder&) = delete;
  PngDecoder& operator=(const PngDecoder&) = delete;
  ~PngDecoder() { png_destroy_read_struct(&png_, &info_, nullptr); }

  /// Runs `step` and says whether it came to its end; if not, reason() tells why.
  template <class Step>
  [[nodiscard]] bool attempt(Step step) {
    static_assert(std::is_trivially_destructible_v<Step>);
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    step(png_, info_);
    return true;
  }

  const char* reason() const { return reason_.data(); }
  ByteSource& source() { return source_; }
  png_structp png() { return png_; }
  png_infop info() { return info_; }

 private:
  [[noreturn]] static void on_error(png_structp png, png_const_charp message);
  static void on_warning(png_structp, png_const_charp) {}  // only about what is not used
  static void on_read(png_structp png, png_bytep to, png_size_t count);
  void harden();

  ByteSource source_;
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
  std::array<char, 200> reason_{};  // set by on_error
};

}  // namespace drmshow
