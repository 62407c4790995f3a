// IN_FORMATS from a driver that lies about its counts and offsets.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "drm/format_table.hpp"
#include "property_texts.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace drmshow;
  const auto bytes = std::as_bytes(std::span{data, size});
  const FormatTable table = parse_format_table(bytes);
  // What is read lies in the blob: 4 bytes a format, 24 a modifier.
  if (table.formats.size() * 4 > size || table.rows.size() * 24 > size) std::abort();
  for (const auto& row : table.rows)
    for (const Format format : row.formats)
      if (!table.supports(format, row.modifier)) std::abort();
  fuzz::check_texts_of_blob("IN_FORMATS", bytes);
  return 0;
}
