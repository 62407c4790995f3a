#include "trace/timeline_save.hpp"

#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/write_all.hpp"
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

[[noreturn]] void throw_not_written(const std::string& path, int errnum) {
  throw Error{errnum == EACCES ? Failure::no_permission : Failure::usage,
              path + ": cannot be written", "Choose another file with -o.", errnum};
}

std::string temporary_folder() {
  const char* const folder = std::getenv("TMPDIR");  // NOLINT(concurrency-mt-unsafe)
  return folder && folder[0] == '/' ? folder : "/tmp";
}

constexpr mode_t everybody = S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH;

}  // namespace

TimelineFile::TimelineFile(std::string path, UniqueFd fd, bool made)
    : path_{std::move(path)}, fd_{std::move(fd)}, made_{made && fd_} {}

TimelineFile::TimelineFile(std::string path) : path_{std::move(path)} {
  constexpr int flags = O_WRONLY | O_CREAT | O_CLOEXEC;
  fd_.reset(::open(path_.c_str(), flags | O_EXCL, everybody));
  made_ = static_cast<bool>(fd_);
  if (!fd_ && errno == EEXIST) fd_.reset(::open(path_.c_str(), flags, everybody));
  if (!fd_) throw_not_written(path_, errno);
}

TimelineFile TimelineFile::temporary(TimelineFormat format) {
  const std::string ending = std::string{"."} + timeline_ending(format);
  std::string path = temporary_folder() + "/drm-trace-XXXXXX" + ending;
  UniqueFd fd{::mkostemps(path.data(), static_cast<int>(ending.size()), O_CLOEXEC)};
  if (!fd) throw_not_written(path, errno);
  return {std::move(path), std::move(fd), true};
}

TimelineFile::~TimelineFile() {
  if (fd_ && made_) ::unlink(path_.c_str());
}

void TimelineFile::save(const Timeline& timeline, TimelineFormat format) {
  static_cast<void>(::ftruncate(fd_.get(), 0));  // a pipe has no length
  write_in_pieces(timeline, format, [this](std::string_view piece) {
    const int errnum = write_all(fd_.get(), piece);
    if (errnum != 0) throw_not_written(path_, errnum);
  });
  // Some file systems say only now that there is no room.
  if (::close(fd_.release()) != 0) throw_not_written(path_, errno);
  made_ = false;
}

const char* timeline_ending(TimelineFormat format) {
  switch (format) {
    case TimelineFormat::json:
      return "json";
    case TimelineFormat::svg:
      return "svg";
    case TimelineFormat::perfetto:
      return "pftrace";
  }
  return "";
}

void save_timeline(const Timeline& timeline, TimelineFormat format, const std::string& path) {
  if (path.empty() || path == "-") return print_timeline(timeline, format);
  TimelineFile{path}.save(timeline, format);
}

}  // namespace drmshow
