#include "content/jpeg_decoder.hpp"

#include <algorithm>
#include <new>

#include <jerror.h>

#include "content/image_reader.hpp"

namespace drmshow {
namespace {

// Marker segments before the picture that are read at most: ICC profiles take up to 16 MiB.
constexpr std::uint64_t kMaxHeaderBytes = 32u << 20;
// Scans of a multi-scan picture: encoders write about 10, hostile files thousands. Bounded by the
// pixels they make us go over, but never to fewer than kMinScans.
constexpr std::int64_t kMaxScannedPixels = std::int64_t{1} << 31;
constexpr std::int64_t kMinScans = 32;

// What cameras are known to write into sound files; every other warning means lost pixels.
bool is_harmless(const jpeg_error_mgr& error) {
  switch (error.msg_code) {
    case JWRN_JFIF_MAJOR:
    case JWRN_ADOBE_XFORM:
    case JWRN_NOT_SEQUENTIAL:
      return true;
    case JWRN_EXTRANEOUS_DATA:
      return error.msg_parm.i[1] == JPEG_EOI;  // padding at the end
    default:
      return false;
  }
}

}  // namespace

JpegDecoder::JpegDecoder(ByteSource source) : source_{std::move(source)} {
  cinfo_.err = jpeg_std_error(&errors_);
  cinfo_.client_data = this;  // jpeg_create_decompress() keeps these two
  errors_.error_exit = on_error;
  errors_.emit_message = on_message;
  if (!attempt([](jpeg_decompress_struct& cinfo) { jpeg_create_decompress(&cinfo); }))
    throw std::bad_alloc{};  // it refuses only for want of memory
  cinfo_.mem->max_memory_to_use = kMaxDecoderBytes;
  progress_.progress_monitor = on_progress;
  cinfo_.progress = &progress_;
  input_.init_source = [](j_decompress_ptr) {};
  input_.fill_input_buffer = on_fill;
  input_.skip_input_data = on_skip;
  input_.resync_to_restart = jpeg_resync_to_restart;
  input_.term_source = [](j_decompress_ptr) {};
  cinfo_.src = &input_;
}

JpegDecoder& JpegDecoder::of(j_common_ptr cinfo) {
  return *static_cast<JpegDecoder*>(cinfo->client_data);
}

void JpegDecoder::leave(const char* reason) {
  std::snprintf(reason_.data(), reason_.size(), "%s", reason);
  std::longjmp(jump_, 1);
}

void JpegDecoder::on_error(j_common_ptr cinfo) {
  if (cinfo->err->msg_code == JERR_NO_BACKING_STORE)
    of(cinfo).leave("progressive, and too large to be decoded in 1 GiB of memory");
  char text[JMSG_LENGTH_MAX];
  cinfo->err->format_message(cinfo, text);
  of(cinfo).leave(text);
}

void JpegDecoder::on_message(j_common_ptr cinfo, int level) {
  // -1 is a warning, the rest are traces.
  if (level < 0 && !is_harmless(*cinfo->err)) on_error(cinfo);
}

boolean JpegDecoder::on_fill(j_decompress_ptr cinfo) {
  JpegDecoder& self = of(reinterpret_cast<j_common_ptr>(cinfo));
  self.source_.consume(self.lent_);
  const auto bytes = self.source_.ready();
  self.lent_ = bytes.size();
  if (bytes.empty()) self.leave("the file ends too early");
  if (self.in_header_ && self.source_.fetched() > kMaxHeaderBytes)
    self.leave("more than 32 MiB of metadata");
  cinfo->src->next_input_byte = reinterpret_cast<const JOCTET*>(bytes.data());
  cinfo->src->bytes_in_buffer = bytes.size();
  return TRUE;
}

void JpegDecoder::on_skip(j_decompress_ptr cinfo, long count) {
  auto left = static_cast<std::size_t>(std::max(count, 0L));
  while (left > cinfo->src->bytes_in_buffer) {
    left -= cinfo->src->bytes_in_buffer;
    on_fill(cinfo);
  }
  cinfo->src->next_input_byte += left;
  cinfo->src->bytes_in_buffer -= left;
}

void JpegDecoder::on_progress(j_common_ptr common) {
  const auto* cinfo = reinterpret_cast<j_decompress_ptr>(common);
  const std::int64_t pixels = std::int64_t{cinfo->image_width} * cinfo->image_height;
  if (cinfo->input_scan_number > std::max(kMinScans, kMaxScannedPixels / pixels))
    of(common).leave("too many scans");
}

}  // namespace drmshow
