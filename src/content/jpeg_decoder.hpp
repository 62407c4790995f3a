// libjpeg's decompressor, what its callbacks need, and a guard around them. libjpeg leaves by
// longjmp() from its error callback: every call into it runs inside attempt(), and between that
// setjmp() and the library no object with a destructor may live.
#pragma once

#include <array>
#include <csetjmp>
#include <cstddef>
#include <cstdio>
#include <type_traits>

#include <jpeglib.h>

#include "content/byte_source.hpp"

namespace drmshow {

class JpegDecoder {
 public:
  explicit JpegDecoder(ByteSource source);
  JpegDecoder(const JpegDecoder&) = delete;
  JpegDecoder& operator=(const JpegDecoder&) = delete;
  ~JpegDecoder() { jpeg_destroy_decompress(&cinfo_); }

  /// Runs `step` and says whether it came to its end; if not, reason() tells why.
  template <class Step>
  [[nodiscard]] bool attempt(Step step) {
    static_assert(std::is_trivially_destructible_v<Step>);
    if (setjmp(jump_) != 0) return false;
    step(cinfo_);
    return true;
  }

  /// From here on the picture itself is read: the limit on metadata ends.
  void end_header() { in_header_ = false; }

  const char* reason() const { return reason_.data(); }
  const ByteSource& source() const { return source_; }
  const jpeg_decompress_struct& cinfo() const { return cinfo_; }

 private:
  static JpegDecoder& of(j_common_ptr cinfo);
  [[noreturn]] void leave(const char* reason);
  [[noreturn]] static void on_error(j_common_ptr cinfo);
  static void on_message(j_common_ptr cinfo, int level);
  static boolean on_fill(j_decompress_ptr cinfo);
  static void on_skip(j_decompress_ptr cinfo, long count);
  static void on_progress(j_common_ptr cinfo);

  ByteSource source_;
  std::size_t lent_ = 0;  // bytes of source_.ready() that libjpeg was given
  jpeg_decompress_struct cinfo_{};
  jpeg_error_mgr errors_{};
  jpeg_progress_mgr progress_{};
  jpeg_source_mgr input_{};
  std::jmp_buf jump_{};
  std::array<char, JMSG_LENGTH_MAX> reason_{};  // set by leave()
  bool in_header_ = true;                       // cleared by end_header()
};

}  // namespace drmshow
