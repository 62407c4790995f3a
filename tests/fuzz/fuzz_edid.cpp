// EDIDs from monitors with a mind of their own. Checksums and header are mended before the decoder
// sees them, so that every mutation gets through to it.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "edid/edid.hpp"
#include "property_texts.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace drmshow;
  const auto bytes = std::as_bytes(std::span{data, size});
  std::string why;
  const auto edid = parse_edid(bytes, &why);
  if (edid) {
    if (!fuzz::is_clean(monitor_name(*edid))) std::abort();
    if (edid->hdr && !std::isfinite(edid->hdr->max_luminance)) std::abort();
  } else if (why.empty()) {
    std::abort();
  }
  fuzz::check_texts_of_blob("EDID", bytes);
  return 0;
}
