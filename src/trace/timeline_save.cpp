#include "trace/timeline_save.hpp"

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <string_view>

#include <unistd.h>

#include "drm-show/error.hpp"
#include "trace/output.hpp"

namespace drmshow {
namespace {

constexpr std::size_t piece_size = std::size_t{1} << 16;

// Small pieces are put together.
void write_in_pieces(const Timeline& timeline, TimelineFormat format, const TimelineSink& sink) {
  std::string piece;
  write_timeline(timeline, format, [&](std::string_view bytes) {
    piece += bytes;
    if (piece.size() < piece_size) return;
    sink(piece);
    piece.clear();
  });
  sink(piece);
}

void print_timeline(const Timeline& timeline, TimelineFormat format) {
  if (::isatty(STDOUT_FILENO) == 1) {
    throw Error{Failure::usage, "a timeline is nothing for a terminal",
                "Give it a file: -o FILE, or > FILE."};
  }
  write_in_pieces(timeline, format, [](std::string_view piece) { write_out(piece); });
}

[[noreturn]] void throw_not_written(const std::string& path) {
  const int errnum = errno;
  throw Error{errnum == EACCES ? Failure::no_permission : Failure::usage,
              path + ": cannot be written", "Choose another file with -o.", errnum};
}

}  // namespace

void save_timeline(const Timeline& timeline, TimelineFormat format, const std::string& path) {
  if (path.empty() || path == "-") return print_timeline(timeline, format);
  errno = 0;
  std::ofstream file{path, std::ios::binary | std::ios::trunc};
  if (!file) throw_not_written(path);
  write_in_pieces(timeline, format, [&](std::string_view piece) {
    file.write(piece.data(), static_cast<std::streamsize>(piece.size()));
  });
  file.close();
  if (!file) throw_not_written(path);
}

}  // namespace drmshow
