#include "render/scene/texture.hpp"

#include <algorithm>

#include "render/cpu/resample.hpp"
#include "render/cpu/turn.hpp"

namespace drmshow {
namespace {

// As large as `size` in one direction and in proportion in the other, at most `longest`.
Size limited(Size size, int longest) {
  const int side = std::max(size.width, size.height);
  if (side <= longest) return size;
  const auto scaled = [&](int length) {
    return std::max(1, static_cast<int>(std::int64_t{length} * longest / side));
  };
  return {scaled(size.width), scaled(size.height)};
}

}  // namespace

Texture load_texture(const std::filesystem::path& path, int longest) {
  const auto reader = open_image(path);
  const Size stored = limited(reader->original_size(), longest);
  reader->reduce(stored);
  const Turn turn{reader->orientation(), upright(stored, reader->orientation())};
  Texture texture{upright(stored, reader->orientation()), {}};
  texture.pixels.resize(static_cast<std::size_t>(stored.area()));
  const Size given = reader->size();
  Resampler resampler{given, {0, 0, double(given.width), double(given.height)}, stored};
  std::vector<Argb> source_row(static_cast<std::size_t>(given.width));
  std::vector<Argb> row(static_cast<std::size_t>(stored.width));
  for (int y = 0, out = 0; y < given.height; ++y) {
    reader->read_row(source_row);
    resampler.push(source_row);
    for (; resampler.pull(row); ++out) turn.put_row(out, row, texture.pixels);
  }
  return texture;
}

}  // namespace drmshow
