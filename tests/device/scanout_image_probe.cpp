// scanout-image-probe WAY FRAMES [PICTURE]: Vulkan draws into images that a display shows, on the
// first connected output, without anything above the single classes: what each of them does, and
// what it leaves behind.
//
//   list                    only says which ways there are: "way linear XRGB8888 (XR24)"
//   modifier, linear, …     the first way with this rung
//   planes                  no Vulkan: NV12 frames in one buffer of another device, then in two
//
// Each frame is another picture, in an image of its own; those before it have ended meanwhile. When
// the last is on the screen, PICTURE gets what it should look like (computed, not read), and, if it
// was given, "Showing …" is said and a signal to end is awaited. At the end everything must be
// gone: descriptors of dmabufs, GEM handles, framebuffers; else it says what is left and fails.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <xf86drmMode.h>

#include "drm-show/dumb_buffer.hpp"
#include "drm-show/error.hpp"
#include "drm-show/snapshot.hpp"
#include "drm/format_table.hpp"
#include "drm/gem_handles.hpp"
#include "drm/sync_file.hpp"
#include "kms/commit.hpp"
#include "kms/modeset.hpp"
#include "kms/output_choice.hpp"
#include "kms/pipeline.hpp"
#include "png_file.hpp"
#include "render/vulkan/gpu_error.hpp"
#include "render/vulkan/render_fence.hpp"
#include "render/vulkan/scanout_images.hpp"
#include "scanout_cells.hpp"

namespace {

using namespace drmshow;

/// An output, to show framebuffers on.
class Screen {
 public:
  explicit Screen(const Device& device) : device_{device} {
    device.become_master();
    set_display_caps(device);
    snapshot_.emplace(take_snapshot(device, ProbePolicy::probe));
    const auto outputs = choose_outputs(*snapshot_, {});
    const auto routes = assign_routes(*snapshot_, outputs, formats::xrgb8888);
    route_ = routes.front().value();
    mode_ = route_.connector->modes.at(0);
    if (!route_.plane) throw std::runtime_error{"the output has no plane that we know of"};
  }
  ~Screen() { static_cast<void>(commit(device_, dark_, CommitKind::modeset)); }
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  Size size() const { return mode_.size(); }

  ScanoutWish wish() const {
    return {.size = size(),
            .planes = {plane_formats()},
            .others = {},
            .explicit_modifiers = device_.cap(DRM_CAP_ADDFB2_MODIFIERS).value_or(0) != 0};
  }

  void show(const Framebuffer& framebuffer) {
    const OutputPlan plan{route_, mode_, framebuffer.id()};
    const AtomicRequest request = modeset_request(*snapshot_, {&plan, 1});
    for (const CommitKind kind : {CommitKind::test, CommitKind::modeset}) {
      const int errnum = commit(device_, request, kind);
      if (errnum != 0) throw Error{Failure::mode_refused, "the commit is refused", {}, errnum};
    }
    dark_ = dark_request(*snapshot_, request);
  }

 private:
  PlaneFormats plane_formats() const {
    PlaneFormats all;
    const FormatTable table = format_table();
    for (const Format format : route_.plane->formats) {
      FormatModifiers row{format, {}};
      for (const auto& [modifier, formats] : table.rows) {
        if (std::ranges::count(formats, format) != 0) row.modifiers.push_back(modifier);
      }
      all.push_back(std::move(row));
    }
    return all;
  }

  FormatTable format_table() const {
    const Property* const property = route_.plane->properties.find("IN_FORMATS");
    if (!property) return {};
    const auto blob = snapshot_->blob(BlobId{static_cast<std::uint32_t>(property->value)});
    return blob ? parse_format_table(*blob) : FormatTable{};
  }

  const Device& device_;
  std::optional<Snapshot> snapshot_;
  Route route_;
  Mode mode_;
  AtomicRequest dark_;
};

DisplayNodes nodes_of(const Device& device) {
  struct stat about {};  // vulkan.hpp undefines major() and minor()
  ::fstat(device.fd(), &about);
  return {.primary = NodeNumber{gnu_dev_major(about.st_rdev), gnu_dev_minor(about.st_rdev)},
          .render = {}};
}

void wait_for_fence(const UniqueFd& fence) {
  if (!fence) return;
  pollfd wait{fence.get(), POLLIN, 0};
  if (::poll(&wait, 1, 5000) != 1 || fence_state(fence.get()) != FenceState::signalled) {
    throw std::runtime_error{"the frame's fence has not signalled"};
  }
}

void wait_for_signal() {
  std::printf("Showing the last frame\n");
  std::fflush(stdout);
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  sigprocmask(SIG_BLOCK, &ends, nullptr);
  int which = 0;
  sigwait(&ends, &which);
}

std::vector<ImageWay> ways_with(VulkanImages& images, const Screen& screen,
                                const std::string& rung) {
  std::vector<ImageWay> ways = images.ways(screen.wish());
  std::erase_if(ways, [&](const ImageWay& way) { return to_string(way.rung) != rung; });
  if (ways.empty()) throw std::runtime_error{"no way with the rung " + rung};
  return ways;
}

void list(VulkanImages& images, const Screen& screen) {
  for (const ImageWay& way : images.ways(screen.wish())) {
    std::printf("way %s %s\n", to_string(way.rung).c_str(), to_string(way.format).c_str());
  }
}

void show_images(const Device& device, Screen& screen, const std::string& rung, int frames,
                 const std::string& picture) {
  const Gpu gpu{nodes_of(device)};
  GpuTimeline timeline{gpu};
  VulkanImages images{timeline, &device};
  if (rung == "list") return list(images, screen);
  const ImageWay way = ways_with(images, screen, rung).front();
  CellDrawer drawer{timeline};
  std::unique_ptr<ScanoutImage> shown;
  std::optional<Framebuffer> framebuffer;
  for (int frame = 1; frame <= frames; ++frame) {
    auto image = images.make(way, screen.size());
    wait_for_fence(drawer.draw(dynamic_cast<VulkanImage&>(*image), frame));
    drawer.check(screen.size(), frame);
    Framebuffer next{device, image->layout()};
    screen.show(next);
    framebuffer.emplace(std::move(next));
    shown = std::move(image);  // the one before ends, which the GPU has just copied from
    timeline.collect();
  }
  std::printf("%d frames, %zu images wait for their end\n", frames, timeline.retired());
  if (picture.empty()) return;
  golden::write_png(picture, Cells{screen.size(), frames});
  wait_for_signal();
}

/// As many bytes as NV12 has, or as one of its two planes: grey.
DumbBuffer grey_buffer(const Device& device, Size size) {
  DumbBuffer buffer{device, size, 8};
  const Mapping mapping{device, buffer};
  for (int y = 0; y < size.height; ++y) std::ranges::fill(mapping.line(y), std::byte{0x80});
  return buffer;
}

void show_planes(const Device& device, Screen& screen) {
  const Device other{device.node()};  // opened anew: its handles are not ours
  const Size size = screen.size();
  const DumbBuffer both = grey_buffer(other, {size.width, size.height * 3 / 2});
  const DumbBuffer bright = grey_buffer(other, size);
  const DumbBuffer colours = grey_buffer(other, {size.width, size.height / 2});
  const UniqueFd both_fd = share_buffer(other, both);
  const UniqueFd bright_fd = share_buffer(other, bright);
  const UniqueFd colours_fd = share_buffer(other, colours);
  ImageLayout layout{.size = size,
                     .format = Format::from_chars('N', 'V', '1', '2'),
                     .modifier = Modifier{},
                     .planes = {},
                     .plane_count = 2};
  const auto below = both.pitch() * static_cast<std::uint32_t>(size.height);
  layout.planes[0] = {.dmabuf = both_fd.get(), .pitch = both.pitch()};
  layout.planes[1] = {.dmabuf = both_fd.get(), .offset = below, .pitch = both.pitch()};
  const Framebuffer in_one{device, layout};
  screen.show(in_one);
  layout.planes[0] = {.dmabuf = bright_fd.get(), .pitch = bright.pitch()};
  layout.planes[1] = {.dmabuf = colours_fd.get(), .pitch = colours.pitch()};
  const Framebuffer in_two{device, layout};
  screen.show(in_two);
  std::printf("2 frames\n");
}

/// The kernel gives out the lowest handle that is free: 1 if there is none.
std::uint32_t next_handle(const Device& device) {
  return DumbBuffer{device, {16, 16}, 32}.handle();
}

int open_dmabufs() {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator{"/proc/self/fd"}) {
    std::error_code gone;
    const std::string target = std::filesystem::read_symlink(entry.path(), gone);
    count += target.starts_with("/dmabuf") || target.find("sync_file") != std::string::npos;
  }
  return count;
}

int framebuffers_left(const Device& device) {
  drmModeRes* const resources = drmModeGetResources(device.fd());
  const int count = resources ? resources->count_fbs : 0;
  drmModeFreeResources(resources);
  return count;
}

int check_nothing_left(const Device& device) try {
  const int dmabufs = open_dmabufs();
  const int framebuffers = framebuffers_left(device);
  const std::uint32_t handle = next_handle(device);
  if (dmabufs == 0 && framebuffers == 0 && handle == 1) return 0;
  std::fprintf(stderr, "LEFT: %d dmabufs or fences, %d framebuffers, GEM handles below %u\n",
               dmabufs, framebuffers, handle);
  return 1;
} catch (const Error& error) {
  std::fprintf(stderr, "cannot look at what is left: %s\n", error.what());
  return 0;  // an injected error hit the look
}

int show(const Device& device, int argc, char** argv) try {
  Screen screen{device};
  const std::string way = argv[1];
  if (way == "planes") {
    show_planes(device, screen);
  } else {
    show_images(device, screen, way, std::atoi(argv[2]), argc > 3 ? argv[3] : "");
  }
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "scanout-image-probe: %s\n", error.what());
  return 3;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 3 || argc > 4) {
    std::fprintf(stderr, "usage: scanout-image-probe WAY FRAMES [PICTURE]\n");
    return 2;
  }
  const Device device = Device::open();
  const int code = show(device, argc, argv);
  const int left = check_nothing_left(device);
  return left != 0 ? left : code;
} catch (const std::exception& error) {
  std::fprintf(stderr, "scanout-image-probe: %s\n", error.what());
  return 3;
}
