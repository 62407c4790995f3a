#include "show/headless.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>

#include <fcntl.h>
#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "kms/mode_choice.hpp"
#include "render/cpu/paint.hpp"
#include "show/make_artist.hpp"
#include "show/messages.hpp"
#include "show/stats_text.hpp"

namespace drmshow {
namespace {

constexpr double usual_rate = 60;
constexpr ModeChoice::Exact usual_mode{{1920, 1080}, {}, {}};
constexpr int longest_side = 16384;  // as of pictures

ModeChoice::Exact mode_of(const Options& options) {
  if (options.mode == "preferred") return usual_mode;
  const auto choice = parse_mode_choice(options.mode);
  const auto* exact = choice ? std::get_if<ModeChoice::Exact>(&choice->what) : nullptr;
  if (!exact || exact->size.width > longest_side || exact->size.height > longest_side) {
    throw Error{Failure::usage, fmt::format("--mode {}: no size for frames", options.mode),
                "With --backend headless say a size, and a rate if you like: 1280x720, "
                "1280x720@30."};
  }
  return *exact;
}

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

class HeadlessRun {
 public:
  explicit HeadlessRun(const Options& options)
      : options_{options},
        mode_{mode_of(options)},
        rate_{rate_of(options, mode_)},
        memory_{mode_.size, bits_per_pixel(formats::xrgb8888)},
        gpu_{draws_with_vulkan(options) ? open_gpu_studio(options, nullptr) : nullptr},
        artist_{make_artist(options, {mode_.size, label(), 0}, formats::xrgb8888, ImageRung::copy,
                            gpu_.get())} {}

  void run() {
    if (gpu_) say(options_, fmt::format("Drawn by {}", gpu_->description()));
    const Time begun = Clock::now();
    const std::uint64_t count = count_of(options_, rate_);
    for (std::uint64_t number = 1; number <= count; ++number) {
      draw(number, memory_for(number, count));
      if (options_.output_dir) save(number);
    }
    report(count, Clock::now() - begun);
  }

 private:
  Label label() const {
    return {{fmt::format("{}x{} @ {:.2f} Hz", mode_.size.width, mode_.size.height, rate_),
             "no display"}};
  }

  // A GPU copies only what somebody looks at, and the last one: that one is done when all are.
  const Mapping* memory_for(std::uint64_t number, std::uint64_t count) const {
    return !gpu_ || options_.output_dir || number == count ? &memory_ : nullptr;
  }

  void draw(std::uint64_t number, const Mapping* memory) {
    const auto time = std::chrono::duration<double>{static_cast<double>(number - 1) / rate_};
    const Canvas canvas{{0, number}, 0, mode_.size, formats::xrgb8888, {}, memory, nullptr};
    artist_->set(canvas, {number, std::chrono::round<Nanoseconds>(time)});
    static_cast<void>(artist_->draw());
  }

  void save(std::uint64_t number) const {
    const auto path = *options_.output_dir / fmt::format("frame-{:06}.png", number);
    UniqueFd fd{::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)};
    const RgbImage image = copy_pixels(mode_.size, formats::xrgb8888, memory_);
    if (fd && write_png(image, std::move(fd))) return;
    throw Error{Failure::unexpected, fmt::format("cannot write {}", path.string()), {}, errno};
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
      fmt::print("{}", stats_json(HeadlessStats{count, mode_.size, took, artist_->account()}));
    } else {
      fmt::print("{} frames of {}x{} in {:.3f} s: {:.1f} a second\n", count, mode_.size.width,
                 mode_.size.height, seconds, static_cast<double>(count) / seconds);
    }
    finish_output();
  }

  const Options& options_;
  ModeChoice::Exact mode_;
  double rate_;
  Mapping memory_;
  std::shared_ptr<GpuStudio> gpu_;
  std::unique_ptr<Artist> artist_;
};

}  // namespace

void run_headless(const Options& options) {
  HeadlessRun{options}.run();
}

}  // namespace drmshow
