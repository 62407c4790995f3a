// window-sync-probe NODE FRAMES [late=MS] [seconds=S]: frames in a window, in dumb buffers of NODE
// that the compositor gets as dmabufs. The first pixel of frame n is n.
//
//   late=MS     each frame is drawn so long after its submit(), and then its fence signals (vgem's)
//   seconds=S   ends after so long, however many frames were shown (10)
//
// Ends with "explicit 1, linear, submitted N, shown N, waits N": the last are returns of wait().
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "drm-show/device.hpp"
#include "drm-show/dumb_buffer.hpp"
#include "drm-show/error.hpp"
#include "drm/gem_handles.hpp"
#include "late_fences.hpp"
#include "window/wayland_presenter.hpp"

namespace {

using namespace drmshow;
using std::chrono::milliseconds;

struct SyncProbeOptions {
  const char* node = "/dev/dri/card0";
  int frames = 60;
  milliseconds late{0};
  std::chrono::seconds patience{10};
};

int number_in(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

SyncProbeOptions parse_words(int count, char** words) {
  SyncProbeOptions options;
  if (count > 1) options.node = words[1];
  if (count > 2) options.frames = number_in(words[2]);
  for (int i = 3; i < count; ++i) {
    const std::string_view word{words[i]};
    if (word.starts_with("late=")) options.late = milliseconds{number_in(word.substr(5))};
    if (word.starts_with("seconds="))
      options.patience = std::chrono::seconds{number_in(word.substr(8))};
  }
  return options;
}

class DumbImage final : public ScanoutImage {
 public:
  DumbImage(const Device& device, Size size)
      : buffer_{device, size, 32},
        mapping_{device, buffer_},
        dmabuf_{share_buffer(device, buffer_)},
        layout_{.size = size, .format = formats::xrgb8888, .modifier = Modifier{}, .planes = {}} {
    layout_.planes[0] = {.dmabuf = dmabuf_.get(), .pitch = buffer_.pitch()};
  }
  const ImageLayout& layout() const override { return layout_; }

  void paint(std::uint32_t colour) const {
    for (int y = 0; y < buffer_.size().height; ++y) {
      const auto line = mapping_.line(y);
      for (std::size_t x = 0; x + sizeof colour <= line.size(); x += sizeof colour) {
        std::memcpy(&line[x], &colour, sizeof colour);
      }
    }
  }

 private:
  DumbBuffer buffer_;
  Mapping mapping_;
  UniqueFd dmabuf_;
  ImageLayout layout_;
};

class DumbImages final : public ImageSource {
 public:
  explicit DumbImages(const Device& device) : device_{device} {}
  std::vector<ImageWay> ways(const ScanoutWish& wish) override {
    for (const FormatModifiers& row : wish.planes.at(0)) {
      for (const Modifier modifier : row.modifiers) {
        const ImageWay way{ImageRung::linear, row.format, {}};
        if (row.format == formats::xrgb8888 && modifier == way.modifier) return {way};
      }
    }
    return {};
  }
  std::unique_ptr<ScanoutImage> make(const ImageWay& /*way*/, Size size) override {
    return std::make_unique<DumbImage>(device_, size);
  }

 private:
  const Device& device_;
};

class SyncProbe {
 public:
  explicit SyncProbe(const SyncProbeOptions& options) : options_{options} {
    if (options_.late.count() > 0 && !fences_) throw std::runtime_error{"there is no vgem"};
  }

  void run() {
    const Time end = Clock::now() + options_.patience;
    while (!presenter_.finished() && Clock::now() < end && !window_.closed()) {
      draw_frames();
      presenter_.wait({}, undone_.empty() ? end : std::min(end, undone_.front().at));
      ++waits_;
      while (!undone_.empty() && undone_.front().at <= Clock::now()) finish_frame();
    }
    while (!undone_.empty()) finish_frame();
    print();
  }

 private:
  struct Undone {
    Time at;
    const DumbImage* image;
    int frame;
  };

  void draw_frames() {
    while (submitted_ < options_.frames) {
      const auto canvas = presenter_.acquire();
      if (!canvas) return;
      draw(*canvas);
    }
    presenter_.close();
  }

  void draw(const Canvas& canvas) {
    const auto& image = dynamic_cast<const DumbImage&>(*canvas.image);
    const int frame = ++submitted_;
    image.paint(options_.late.count() > 0 ? 0xdead : static_cast<std::uint32_t>(frame));
    Submission submission;
    if (options_.late.count() > 0) {
      submission.kind = RenderFence::native;
      submission.fence = fences_.next();
      if (!submission.fence) throw std::runtime_error{"vgem makes no fences"};
      undone_.push_back({Clock::now() + options_.late, &image, frame});
    }
    presenter_.submit(canvas, std::move(submission));
  }

  void finish_frame() {
    undone_.front().image->paint(static_cast<std::uint32_t>(undone_.front().frame));
    fences_.pass();
    undone_.pop_front();
  }

  void print() {
    std::printf("explicit %d, %s, submitted %d, shown %llu, waits %d\n",
                screen_.begin_sync() != nullptr, to_string(presenter_.image_way(0).rung).c_str(),
                submitted_, static_cast<unsigned long long>(presenter_.stats(0).counts.shown),
                waits_);
  }

  SyncProbeOptions options_;
  Device device_{options_.node};
  DumbImages images_{device_};
  LateFences fences_;
  Window window_{{.title = "window-sync-probe",
                  .app_id = "drm-show.window-sync-probe",
                  .size = {64, 48},
                  .monitor = {}}};
  WindowScreen screen_{window_};
  WaylandPresenter presenter_{screen_, {.images = &images_}};
  std::deque<Undone> undone_;
  int submitted_ = 0;
  int waits_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  try {
    SyncProbe probe{parse_words(argc, argv)};
    probe.run();
    return EXIT_SUCCESS;
  } catch (const drmshow::Error& error) {
    std::fprintf(stderr, "window-sync-probe: %s\n%s\n", error.what(), error.hint().c_str());
    return static_cast<int>(error.failure());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "window-sync-probe: %s\n", error.what());
    return EXIT_FAILURE;
  }
}
