// Writes the seeds of tests/fuzz/corpus/image: a tiny file of each kind that the decoders know.
#include <filesystem>
#include <fstream>

#include "image_samples.hpp"

namespace {

using namespace drmshow;
using namespace drmshow::test;

constexpr Size kSize{9, 7};

void write(const std::filesystem::path& path, const Bytes& bytes) {
  std::ofstream{path, std::ios::binary}.write(reinterpret_cast<const char*>(bytes.data()),
                                              static_cast<std::streamsize>(bytes.size()));
}

// One PNG of each kind of pixel, plain and interlaced.
void write_pngs(const std::filesystem::path& folder) {
  struct Kind {
    int colour_type;
    int bit_depth;
    int row_bytes;
  };
  const Kind kinds[] = {{0, 1, 2},   {0, 2, 3}, {0, 4, 5},  {0, 8, 9},  {0, 16, 18}, {2, 8, 27},
                        {2, 16, 54}, {3, 4, 5}, {4, 8, 18}, {6, 8, 36}, {6, 16, 72}};
  for (const Kind& kind : kinds)
    for (const Interlace interlace : {Interlace::none, Interlace::adam7}) {
      PngSpec spec{kSize, kind.colour_type, kind.bit_depth, interlace};
      if (kind.colour_type == 3) spec.palette = soft_samples({16, 1}, 3);
      if (kind.colour_type == 3) spec.palette_alpha = {0, 0x80};
      if (kind.colour_type == 0 || kind.colour_type == 2) spec.transparent = 1;
      spec.orientation = kind.bit_depth == 8 ? 6 : 0;
      const char* suffix = interlace == Interlace::none ? ".png" : "-interlaced.png";
      write(folder / ("type" + std::to_string(kind.colour_type) + "-depth" +
                      std::to_string(kind.bit_depth) + suffix),
            make_png(spec, soft_samples({kind.row_bytes, kSize.height}, 1)));
    }
}

void write_jpegs(const std::filesystem::path& folder) {
  const Bytes exif = exif_marker(8, ByteOrder::motorola);
  JpegSpec spec{kSize};
  spec.quality = 60;
  spec.exif = exif;
  write(folder / "baseline.jpg", make_jpeg(spec, soft_samples(kSize, 3)));
  spec.kind = JpegKind::progressive;
  write(folder / "progressive.jpg", make_jpeg(spec, soft_samples(kSize, 3)));
  spec.kind = JpegKind::scan_per_channel;
  write(folder / "scans.jpg", make_jpeg(spec, soft_samples(kSize, 3)));
  write(folder / "gray.jpg", make_jpeg({kSize, 1}, soft_samples(kSize, 1)));
  write(folder / "cmyk.jpg", make_jpeg({kSize, 4}, soft_samples(kSize, 4)));
  write(folder / "large.jpg", make_jpeg({{300, 200}}, Samples(180000)));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path folder = argv[1];
  write_pngs(folder);
  write_jpegs(folder);
  write(folder / "gray.pgm", make_ppm("P5 9 7 255\n", soft_samples(kSize, 1)));
  write(folder / "deep.ppm", make_ppm("P6\n# deep\n9 7\n4095\n", soft_samples(kSize, 6)));
  write(folder / "literals.qoi", make_qoi({2, 2}, {0xff010203, 0x80fffefd, 0, 0xff010203}));
  return 0;
}
