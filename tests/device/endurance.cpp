// endurance: the library's classes, over and over, in one process, on a real device.
//
//   endurance leaks WHAT     nothing is left open: descriptors, framebuffers, blobs, memory
//   mappings endurance failures WHAT  every memory allocation that the kernel makes for one of our
//   requests fails
//                            once (fail-nth, Documentation/fault-injection): an Error or success
//                            each time, never a crash, and nothing is left open
//
// WHAT: picture (a Display with a picture) or frames (a Presenter with a few frames).
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "drm-show/content.hpp"
#include "drm-show/display.hpp"
#include "drm-show/error.hpp"
#include "drm-show/kms_presenter.hpp"

namespace {

namespace fs = std::filesystem;
using namespace drmshow;

constexpr int rounds = 50;
constexpr int most_allocations = 5000;
constexpr int looks = 50;

struct Inventory {
  std::ptrdiff_t descriptors = 0;
  std::size_t framebuffers = 0;
  std::size_t mappings = 0;  // of the device
  friend bool operator==(const Inventory&, const Inventory&) = default;
};

std::size_t count_lines(const fs::path& path, const std::string& with) {
  std::ifstream file{path};
  if (!file) throw std::runtime_error{"cannot read " + path.string()};
  std::size_t count = 0;
  for (std::string line; std::getline(file, line);) count += line.find(with) != std::string::npos;
  return count;
}

Inventory take_inventory() {
  return {std::distance(fs::directory_iterator{"/proc/self/fd"}, fs::directory_iterator{}),
          count_lines("/sys/kernel/debug/dri/0/framebuffer", "allocated by = endurance"),
          count_lines("/proc/self/maps", "/dev/dri/")};
}

void show_once(const Device& device) {
  Display display{device};
  for (std::size_t i = 0; i < display.outputs().size(); ++i) {
    display.draw(i, *make_pattern("smpte", display.outputs()[i].mode.size()));
  }
  if (const auto refusal = display.test()) throw Error{Failure::mode_refused, "refused"};
  display.show();
}

void show_frames(const Device& device) {
  constexpr int count = 4;
  KmsPresenter presenter{device};
  for (int drawn = 0; !presenter.finished();) {
    while (const auto canvas = presenter.acquire()) {
      std::memset(canvas->line(0).data(), drawn, canvas->line(0).size());
      presenter.submit(*canvas);
      if (++drawn == count) presenter.close();
    }
    if (!presenter.finished()) presenter.wait();
  }
}

using Scenario = void (*)(const Device&);

void expect_unchanged(const Inventory& before, const std::string& when) {
  // The kernel lets go of a framebuffer in a worker, a moment after the flip away from it.
  Inventory after = take_inventory();
  for (int i = 0; i < looks && !(after == before); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
    after = take_inventory();
  }
  if (after == before) return;
  throw std::runtime_error{
      fmt::format("{}: descriptors {} -> {}, framebuffers {} -> {}, mappings {} -> {}", when,
                  before.descriptors, after.descriptors, before.framebuffers, after.framebuffers,
                  before.mappings, after.mappings)};
}

void check_leaks(const Device& device, Scenario show) {
  show(device);  // what is made once and kept is made now
  const Inventory before = take_inventory();
  for (int i = 0; i < rounds; ++i) show(device);
  expect_unchanged(before, fmt::format("after {} rounds", rounds));
  fmt::print("{} rounds, nothing left open\n", rounds);
}

// Lets the nth allocation from now on, in this thread's kernel code, fail.
class FailNth {
 public:
  explicit FailNth(int n) : fd_{::open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC)} {
    if (!fd_) throw std::runtime_error{"this kernel has no fail-nth"};
    write(n);
  }
  ~FailNth() { write(0); }
  FailNth(const FailNth&) = delete;
  FailNth& operator=(const FailNth&) = delete;

  /// Whether an allocation has failed since.
  bool happened() const {
    char text[16] = {};
    return ::pread(fd_.get(), text, sizeof text - 1, 0) > 0 && std::atoi(text) == 0;
  }

 private:
  void write(int n) const {
    const std::string text = std::to_string(n);
    if (::pwrite(fd_.get(), text.data(), text.size(), 0) < 0) std::perror("fail-nth");
  }

  UniqueFd fd_;
};

enum class Outcome { ended, survived, refused };

Outcome fail_once(const Device& device, Scenario show, int n) {
  const FailNth failure{n};
  try {
    show(device);
  } catch (const Error&) {
    return Outcome::refused;
  }
  return failure.happened() ? Outcome::survived : Outcome::ended;
}

void check_failures(const Device& device, Scenario show) {
  show(device);
  const Inventory before = take_inventory();
  int refused = 0;
  for (int n = 1; n <= most_allocations; ++n) {
    const Outcome outcome = fail_once(device, show, n);
    refused += outcome == Outcome::refused;
    expect_unchanged(before, fmt::format("allocation {} failed", n));
    if (outcome != Outcome::ended) continue;
    if (n < 60 || refused < 10)
      throw std::runtime_error{fmt::format("only {} allocations, {} refusals", n - 1, refused)};
    show(device);
    fmt::print("{} allocations failed one by one: {} refused with an error, the rest survived\n",
               n - 1, refused);
    return;
  }
  throw std::runtime_error{"no end of allocations"};
}

}  // namespace

int main(int argc, char** argv) try {
  const std::string check = argc == 3 ? argv[1] : "";
  const std::string what = argc == 3 ? argv[2] : "";
  if ((check != "leaks" && check != "failures") || (what != "picture" && what != "frames")) {
    fmt::print(stderr, "usage: endurance leaks|failures picture|frames\n");
    return 2;
  }
  const Device device = Device::open();
  const Scenario show = what == "picture" ? show_once : show_frames;
  check == "leaks" ? check_leaks(device, show) : check_failures(device, show);
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "endurance: {}\n", error.what());
  return 1;
}
