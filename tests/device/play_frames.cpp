// play-frames HOW FRAMES: frames of the pattern "bounce" on all outputs through a Presenter, for
// tests that need more than drm-show does. Frame n shows the time (n - 1) / 100 s.
//
//   plain       nothing else
//   sabotage    draws into the framebuffer that is on the screen: what the checks must notice
//   late        each frame has a fence that signals a few milliseconds later
//   failing     every tenth frame's fence signals with an error
//   stuck       the fifth frame's fence never signals
//   hopeless    no frame's fence ever does
//   out-fences  asks for out-fences: each has signalled when its frame is on the screen
//   busy        somebody else's commit is pending whenever a tenth frame is to be committed
//   dawdle      in mailbox mode: takes its time between being told to wait and waiting
//   signals     a signal every millisecond, which interrupts system calls
//   another     with each tenth frame a second presenter is made and ends before it shows anything
//
// Ends with "N submitted, N shown, N cancelled" for each output. PLAY_LOG=FILE: a log of the ring.
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <sys/time.h>
#include <xf86drm.h>
#include <xf86drmMode.h>

#include "drm-show/error.hpp"
#include "drm-show/kms_presenter.hpp"
#include "drm/sync_file.hpp"
#include "present/present_log.hpp"
#include "render/cpu/animations.hpp"
#include "render/cpu/frame_painter.hpp"
#include "sw_sync.hpp"

namespace {

using namespace drmshow;
using namespace std::chrono_literals;

enum class How {
  plain,
  sabotage,
  late,
  failing,
  stuck,
  hopeless,
  out_fences,
  busy,
  dawdle,
  signals,
  another
};
const std::map<std::string, How> ways{
    {"plain", How::plain},     {"sabotage", How::sabotage},     {"late", How::late},
    {"failing", How::failing}, {"stuck", How::stuck},           {"hopeless", How::hopeless},
    {"signals", How::signals}, {"out-fences", How::out_fences}, {"busy", How::busy},
    {"dawdle", How::dawdle},   {"another", How::another},
};

/// The id of a plane's property.
std::uint32_t property_id(int fd, std::uint32_t plane, const char* name) {
  drmModeObjectProperties* const all = drmModeObjectGetProperties(fd, plane, DRM_MODE_OBJECT_PLANE);
  std::uint32_t id = 0;
  for (std::uint32_t i = 0; all && i < all->count_props; ++i) {
    drmModePropertyRes* const property = drmModeGetProperty(fd, all->props[i]);
    if (property && std::strcmp(property->name, name) == 0) id = property->prop_id;
    drmModeFreeProperty(property);
  }
  drmModeFreeObjectProperties(all);
  return id;
}

/// A commit beside the presenter's, of what the plane shows already: until the next vertical blank
/// the kernel takes no other (EBUSY).
void commit_beside(int fd, const Output& output) {
  const std::uint32_t plane = output.plane.raw();
  drmModePlane* const now = drmModeGetPlane(fd, plane);
  drmModeAtomicReq* const request = drmModeAtomicAlloc();
  drmModeAtomicAddProperty(request, plane, property_id(fd, plane, "FB_ID"), now->fb_id);
  if (drmModeAtomicCommit(fd, request, DRM_MODE_ATOMIC_NONBLOCK, nullptr) != 0) {
    throw std::runtime_error{"the commit beside was refused"};
  }
  drmModeAtomicFree(request);
  drmModeFreePlane(now);
}

/// A stream's pictures.
struct Drawing {
  std::unique_ptr<Animation> animation;
  FramePainter painter;
  std::array<Canvas, FrameRing::most_slots> canvases{};
  std::uint64_t drawn = 0;

  Drawing(Size size, Format format)
      : animation{make_animation("bounce", size, {})}, painter{size, format} {}

  void paint(const Canvas& canvas) {
    canvases[canvas.frame.slot] = canvas;
    ++drawn;
    Damage all{canvas.size};
    all.add_all();
    animation->set({drawn, 10ms * static_cast<std::int64_t>(drawn - 1)});
    painter.paint(*animation, all, *canvas.mapping);
  }
};

DisplayOptions on(SavedScreen& saved) {
  DisplayOptions options;
  options.saved = &saved;
  return options;
}

class Player {
 public:
  Player(const Device& device, const PresentOptions& options, How how, std::uint64_t frames)
      : device_{device},
        saved_{device},
        presenter_{device, on(saved_), options},
        how_{how},
        frames_{frames} {
    for (const auto& stream : presenter_.streams()) {
      const Output& output = presenter_.outputs()[stream.outputs.front()];
      drawings_.emplace_back(output.mode.size(), output.format);
    }
  }

  KmsPresenter& presenter() { return presenter_; }

  void play() {
    while (!presenter_.finished()) {
      for (std::size_t i = 0; i < drawings_.size(); ++i) draw(i);
      if (how_ == How::dawdle) std::this_thread::sleep_for(30ms);
      presenter_.wait({}, how_ == How::dawdle ? Time::max() : Clock::now() + 5ms);
      if (how_ == How::late || how_ == How::stuck) timeline_.advance(1);
      if (how_ == How::out_fences) check_out_fences();
    }
  }

 private:
  void draw(std::size_t stream) {
    Drawing& drawing = drawings_[stream];
    while (drawing.drawn < frames_) {
      const auto canvas = presenter_.acquire(stream);
      if (!canvas) break;
      drawing.paint(*canvas);
      if (how_ == How::busy && drawing.drawn % 10 == 0) wait_and_commit_beside(stream);
      presenter_.submit(*canvas, with_fence(drawing.drawn));
      if (how_ == How::another && drawing.drawn % 10 == 0) make_another();
    }
    if (drawing.drawn == frames_) presenter_.close(stream);
    if (how_ == How::sabotage) draw_on_the_screen(stream);
  }

  void wait_and_commit_beside(std::size_t stream) {
    while (presenter_.ring(stream).pending(0)) presenter_.wait();
    commit_beside(device_.fd(), presenter_.outputs()[stream]);
  }

  /// It looks at the device for longer than a frame is shown: an event of ours is waiting when it
  /// ends.
  void make_another() {
    const KmsPresenter another{device_, on(saved_)};
    std::this_thread::sleep_for(50ms);
  }

  Submission with_fence(std::uint64_t number) const {
    constexpr std::uint32_t never = 1'000'000'000;
    Submission submission{};
    submission.kind = RenderFence::gated;
    if (how_ == How::late) submission.fence = timeline_.fence(static_cast<std::uint32_t>(number));
    if (how_ == How::hopeless || (how_ == How::stuck && number == 5)) {
      submission.fence = timeline_.fence(never);
    }
    if (how_ == How::failing && number % 10 == 0) submission.fence = SwSync{}.fence(1);
    return submission;
  }

  void draw_on_the_screen(std::size_t stream) {
    const auto shown = presenter_.ring(stream).scanout(0);
    if (!shown || shown->number % 10 != 0) return;
    const auto line = drawings_[stream].canvases[shown->slot].line(1);
    std::memset(line.data(), 0xff, line.size() / 2);
  }

  void check_out_fences() {
    for (std::size_t i = 0; i < presenter_.outputs().size(); ++i) {
      if (presenter_.ring(i).pending(0)) continue;
      const UniqueFd fence = presenter_.take_out_fence(i);
      if (!fence) continue;
      ++out_fences_;
      if (fence_state(fence.get()) == FenceState::signalled) continue;
      throw std::runtime_error{"an out-fence has not signalled, though its frame is shown"};
    }
    if (presenter_.finished() && out_fences_ == 0) throw std::runtime_error{"no out-fence came"};
  }

  const Device& device_;
  SavedScreen saved_;
  KmsPresenter presenter_;
  How how_;
  std::uint64_t frames_;
  std::vector<Drawing> drawings_;
  SwSync timeline_;
  int out_fences_ = 0;
};

void spray_signals() {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  sigaction(SIGALRM, &action, nullptr);
  const itimerval every{{0, 1000}, {0, 1000}};
  setitimer(ITIMER_REAL, &every, nullptr);
}

void run(How how, std::uint64_t frames) {
  const Device device = Device::open();
  const char* file = std::getenv("PLAY_LOG");
  std::unique_ptr<PresentLog> log;
  if (file) log = std::make_unique<PresentLog>(file, Clock::now());
  PresentOptions options;
  options.observer = log.get();
  if (how == How::stuck || how == How::hopeless) options.fence_timeout = 200ms;
  if (how == How::dawdle) options.mode = PresentMode::mailbox;
  if (how == How::out_fences) options.out_fences = OutFences::exported;
  Player player{device, options, how, frames};
  KmsPresenter& presenter = player.presenter();
  for (std::size_t i = 0; log && i < presenter.streams().size(); ++i) {
    log->add_stream(static_cast<int>(i), presenter.ring(i));
  }
  if (how == How::signals) spray_signals();
  player.play();
  for (std::size_t i = 0; i < presenter.outputs().size(); ++i) {
    const FrameCounts counts = presenter.counts(i);
    std::printf("%llu submitted, %llu shown, %llu cancelled\n",
                static_cast<unsigned long long>(counts.submitted),
                static_cast<unsigned long long>(counts.shown),
                static_cast<unsigned long long>(counts.cancelled));
  }
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3 || !ways.contains(argv[1])) {
    std::fprintf(stderr, "usage: play-frames HOW FRAMES\n");
    return 2;
  }
  run(ways.at(argv[1]), std::stoull(argv[2]));
  return 0;
} catch (const Error& error) {
  std::fprintf(stderr, "play-frames: %s\n", error.what());
  return static_cast<int>(error.failure());
} catch (const std::exception& error) {
  std::fprintf(stderr, "play-frames: %s\n", error.what());
  return 1;
}
