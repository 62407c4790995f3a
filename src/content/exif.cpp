#include "content/exif.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <vector>

#include <libexif/exif-data.h>

namespace drmshow {
namespace {

// What fits into a JPEG's APP1 marker; IFD 0, which holds the orientation, comes first.
constexpr std::size_t kMaxExif = 65000;

struct Unref {
  void operator()(ExifData* data) const { exif_data_unref(data); }
};
using ExifPtr = std::unique_ptr<ExifData, Unref>;

ExifPtr parse(std::span<const std::byte> tiff) {
  ExifPtr exif{exif_data_new()};
  if (!exif) return exif;
  // As little as possible: no repairs, no decoding of maker notes.
  exif_data_unset_option(exif.get(), EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
  exif_data_set_option(exif.get(), EXIF_DATA_OPTION_DONT_CHANGE_MAKER_NOTE);
  std::vector<unsigned char> block{std::begin(exif_mark), std::end(exif_mark)};
  std::ranges::transform(tiff.first(std::min(tiff.size(), kMaxExif)), std::back_inserter(block),
                         [](std::byte byte) { return std::to_integer<unsigned char>(byte); });
  exif_data_load_data(exif.get(), block.data(), static_cast<unsigned>(block.size()));
  return exif;
}

}  // namespace

Orientation exif_orientation(std::span<const std::byte> tiff) {
  const ExifPtr exif = parse(tiff);
  if (!exif || !exif->ifd[EXIF_IFD_0]) return Orientation::top_left;
  const ExifEntry* entry = exif_content_get_entry(exif->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  if (!entry || !entry->data || entry->format != EXIF_FORMAT_SHORT || entry->size < 2)
    return Orientation::top_left;
  const int value = exif_get_short(entry->data, exif_data_get_byte_order(exif.get()));
  return value >= 1 && value <= 8 ? Orientation{value} : Orientation::top_left;
}

}  // namespace drmshow
