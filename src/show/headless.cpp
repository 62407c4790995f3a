#include "show/headless.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "drm-show/error.hpp"
#include "present/headless_presenter.hpp"
#include "render/cpu/paint.hpp"
#include "show/frame_loop.hpp"
#include "show/frame_size.hpp"
#include "show/messages.hpp"
#include "show/stats_text.hpp"

namespace drmshow {
namespace {

constexpr double usual_rate = 60;
constexpr ModeChoice::Exact usual_mode{{1920, 1080}, {}, {}};

double rate_of(const Options& options, const ModeChoice::Exact& mode) {
  if (options.rate == RatePolicy::fixed) return options.fps;
  return mode.centihertz ? static_cast<double>(*mode.centihertz) / 100 : usual_rate;
}

std::uint64_t count_of(const Options& options, double rate) {
  if (options.frames) return *options.frames;
  if (!options.duration) return 1;
  return std::max<std::uint64_t>(
      1, static_cast<std::uint64_t>(std::llround(options.duration->count() * rate)));
}

// All the frames that are asked for.
Options with_count(const Options& options, double rate) {
  Options counted = options;
  counted.frames = count_of(options, rate);
  counted.frames_asked = true;
  return counted;
}

PresentOptions observed_by(FlightRecording& recording, PresentOptions options) {
  options.observer = &recording;
  return options;
}

// Under another name until all of it is there: half a picture is of no use to anybody. Returns 0
// or an errno.
int save_whole(const RgbImage& image, const std::string& path) {
  const std::string part = path + ".part";
  UniqueFd fd{::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)};
  if (!fd) return errno;
  errno = 0;
  if (write_png(image, std::move(fd)) && ::rename(part.c_str(), path.c_str()) == 0) return 0;
  const int errnum = errno != 0 ? errno : EIO;
  ::unlink(part.c_str());
  return errnum;
}

class HeadlessRun {
 public:
  HeadlessRun(const Options& options, FlightRecording& recording)
      : recording_{recording},
        mode_{wished_size(options).value_or(usual_mode)},
        rate_{rate_of(options, mode_)},
        options_{with_count(options, rate_)},
        gpu_{draws_with_vulkan(options) ? open_gpu_studio(options, {}) : nullptr},
        begun_{Clock::now()},
        presenter_{{.size = mode_.size,
                    .rate = rate_,
                    .looked_at = [this](std::uint64_t number) { return looked_at(number); },
                    .look = [this](const Canvas& canvas) { look(canvas); }},
                   begun_,
                   observed_by(recording, options.present)},
        loop_{options_, {presenter_, gpu_.get(), "no display"}, {begun_}, nothing_shown} {
    recording.introduce(presenter_);
    loop_.record_in(recording);
  }

  void run() {
    if (gpu_) {
      say(options_, fmt::format("Drawn by {}", gpu_->description()));
      recording_.set("gpu", gpu_->description());
    }
    const Time begun = Clock::now();
    std::vector<pollfd> fds;
    do {
      fds.clear();
      recording_.beat();
      recording_.look_back(presenter_);
    } while (loop_.step(fds, Time::max(), true));
    report(*options_.frames, Clock::now() - begun);
  }

 private:
  static constexpr std::array<std::uint64_t, 1> nothing_shown{0};

  // A GPU copies only what somebody looks at, and the last one: that one is done when all are.
  bool looked_at(std::uint64_t number) const {
    return !gpu_ || options_.output_dir || number == *options_.frames;
  }

  void look(const Canvas& canvas) const {
    if (options_.output_dir) save(canvas);
  }

  void save(const Canvas& canvas) const {
    const auto path = *options_.output_dir / fmt::format("frame-{:06}.png", canvas.frame.number);
    const int errnum =
        save_whole(copy_pixels(canvas.size, canvas.format, *canvas.mapping), path.string());
    if (errnum == 0) return;
    throw Error{Failure::unexpected, fmt::format("cannot write {}", path.string()), {}, errnum};
  }

  void report(std::uint64_t count, Nanoseconds took) const {
    const double seconds = std::chrono::duration<double>{took}.count();
    if (options_.output_dir) {
      say(options_,
          fmt::format("{} of {} in {}", count == 1 ? "One frame" : fmt::format("{} frames", count),
                      content_name(options_, 0), options_.output_dir->string()));
    }
    if (options_.stats == StatsFormat::none) return;
    if (options_.stats == StatsFormat::json) {
      fmt::print("{}", stats_json(HeadlessStats{count, mode_.size, took, loop_.account(0)}));
    } else {
      fmt::print("{} frames of {}x{} in {:.3f} s: {:.1f} a second\n", count, mode_.size.width,
                 mode_.size.height, seconds, static_cast<double>(count) / seconds);
    }
    finish_output();
  }

  FlightRecording& recording_;
  ModeChoice::Exact mode_;
  double rate_;
  Options options_;
  std::shared_ptr<GpuStudio> gpu_;
  Time begun_;
  HeadlessPresenter presenter_;
  FrameLoop loop_;
};

}  // namespace

void run_headless(const Options& options, FlightRecording& recording) {
  HeadlessRun{options, recording}.run();
}

}  // namespace drmshow
