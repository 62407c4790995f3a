// scanout-grab: writes what the screen really shows as PNG, from outside of the program that shows
// it, through the device's writeback connectors (vkms has them).
//
// Only the DRM master may commit, and another program is master while it shows: so we duplicate
// that program's device descriptor (pidfd_getfd, root only) and are, for the kernel, the same
// client. The program notices nothing: its planes and modes are not touched.
//
// An oracle should share no code with what it judges: this uses libdrm directly.
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <png.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <xf86drm.h>
#include <xf86drmMode.h>

namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t xrgb8888 = 0x34325258;  // 'XR24'
constexpr int fence_timeout_ms = 1000;
constexpr int tries = 20;

[[noreturn]] void fail(const std::string& what) {
  throw std::runtime_error(what + ": " + std::strerror(errno));
}

bool is_primary_node(const fs::path& link) {
  std::error_code error;
  return fs::read_symlink(link, error).string().starts_with("/dev/dri/card");
}

int duplicate(int pid, int fd) {
  const int process = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
  if (process < 0) return -1;
  const int copy = static_cast<int>(syscall(SYS_pidfd_getfd, process, fd, 0));
  close(process);
  return copy;
}

// The device descriptor of whoever is DRM master, as our own; -1 if nobody is.
int master_in(const fs::path& process) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator{process / "fd", error}) {
    if (!is_primary_node(entry.path())) continue;
    const int copy = duplicate(std::stoi(process.filename()), std::stoi(entry.path().filename()));
    if (copy >= 0 && drmIsMaster(copy)) return copy;
    if (copy >= 0) close(copy);
  }
  return -1;
}

int find_master() {
  for (const auto& process : fs::directory_iterator{"/proc"}) {
    const std::string name = process.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    if (std::stoi(name) == getpid()) continue;
    if (const int fd = master_in(process.path()); fd >= 0) return fd;
  }
  throw std::runtime_error("no program is DRM master: nothing is shown");
}

std::uint32_t property_id(int fd, std::uint32_t object, std::uint32_t type, const char* name) {
  drmModeObjectProperties* all = drmModeObjectGetProperties(fd, object, type);
  std::uint32_t found = 0;
  for (std::uint32_t i = 0; all && i < all->count_props; ++i) {
    drmModePropertyRes* property = drmModeGetProperty(fd, all->props[i]);
    if (property && std::strcmp(property->name, name) == 0) found = property->prop_id;
    drmModeFreeProperty(property);
  }
  drmModeFreeObjectProperties(all);
  if (found == 0) throw std::runtime_error(std::string{"no property "} + name);
  return found;
}

class Buffer {
 public:
  Buffer(int fd, std::uint32_t width, std::uint32_t height)
      : fd_{fd}, width_{width}, height_{height} {
    std::uint64_t size = 0;
    if (drmModeCreateDumbBuffer(fd, width, height, 32, 0, &handle_, &pitch_, &size) != 0) {
      fail("create dumb buffer");
    }
    const std::uint32_t handles[4] = {handle_};
    const std::uint32_t pitches[4] = {pitch_};
    const std::uint32_t offsets[4] = {};
    if (drmModeAddFB2(fd, width, height, xrgb8888, handles, pitches, offsets, &fb_, 0) != 0) {
      fail("add framebuffer");
    }
    std::uint64_t offset = 0;
    drmModeMapDumbBuffer(fd, handle_, &offset);
    length_ = size;
    memory_ = static_cast<std::uint8_t*>(
        mmap(nullptr, length_, PROT_READ | PROT_WRITE, MAP_SHARED, fd, static_cast<off_t>(offset)));
    if (memory_ == MAP_FAILED) fail("map");
    std::memset(memory_, 0x55, length_);  // so that a writeback that wrote nothing shows
  }
  ~Buffer() {
    munmap(memory_, length_);
    drmModeRmFB(fd_, fb_);
    drmModeDestroyDumbBuffer(fd_, handle_);
  }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  std::uint32_t fb() const { return fb_; }

  void write_png(const std::string& path) const {
    std::vector<std::uint8_t> rgb;
    for (std::uint32_t y = 0; y < height_; ++y) {
      for (std::uint32_t x = 0; x < width_; ++x) {
        const std::uint8_t* pixel = memory_ + std::size_t{y} * pitch_ + std::size_t{x} * 4;
        rgb.insert(rgb.end(), {pixel[2], pixel[1], pixel[0]});
      }
    }
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = width_;
    image.height = height_;
    image.format = PNG_FORMAT_RGB;
    if (!png_image_write_to_file(&image, path.c_str(), 0, rgb.data(), 0, nullptr)) {
      throw std::runtime_error(path + ": " + image.message);
    }
  }

 private:
  int fd_;
  std::uint32_t width_;
  std::uint32_t height_;
  std::uint32_t handle_ = 0;
  std::uint32_t pitch_ = 0;
  std::uint32_t fb_ = 0;
  std::size_t length_ = 0;
  std::uint8_t* memory_ = nullptr;
};

void set(drmModeAtomicReq* request, int fd, std::uint32_t connector, const char* name,
         std::uint64_t value) {
  drmModeAtomicAddProperty(request, connector,
                           property_id(fd, connector, DRM_MODE_OBJECT_CONNECTOR, name), value);
}

// The writeback connector at this CRTC, for as long as this lives: left there, it would refuse the
// program's own mode changes.
class Attached {
 public:
  Attached(int fd, std::uint32_t connector, std::uint32_t crtc) : fd_{fd}, connector_{connector} {
    if (const int result = route(crtc); result != 0) {
      errno = -result;
      fail("attach the writeback connector");
    }
  }
  ~Attached() { route(0); }
  Attached(const Attached&) = delete;
  Attached& operator=(const Attached&) = delete;

  // False if what was shown was replaced before vkms had written it: its job is then forgotten.
  bool write(std::uint32_t fb) const {
    std::int32_t fence = -1;
    drmModeAtomicReq* request = drmModeAtomicAlloc();
    set(request, fd_, connector_, "WRITEBACK_FB_ID", fb);
    set(request, fd_, connector_, "WRITEBACK_OUT_FENCE_PTR",
        reinterpret_cast<std::uintptr_t>(&fence));
    const int result = drmModeAtomicCommit(fd_, request, 0, nullptr);
    drmModeAtomicFree(request);
    if (result != 0) {
      errno = -result;
      fail("writeback commit");
    }
    pollfd wait{fence, POLLIN, 0};
    const bool written = poll(&wait, 1, fence_timeout_ms) == 1;
    close(fence);
    return written;
  }

 private:
  // Until the program's own commits leave room for it.
  int route(std::uint32_t crtc) const {
    int result = -EBUSY;
    for (int i = 0; i < tries && result == -EBUSY; ++i) {
      drmModeAtomicReq* request = drmModeAtomicAlloc();
      set(request, fd_, connector_, "CRTC_ID", crtc);
      result = drmModeAtomicCommit(fd_, request, DRM_MODE_ATOMIC_ALLOW_MODESET, nullptr);
      drmModeAtomicFree(request);
    }
    return result;
  }

  int fd_;
  std::uint32_t connector_;
};

void write_back(int fd, std::uint32_t connector, std::uint32_t crtc, std::uint32_t fb) {
  const Attached attached{fd, connector, crtc};
  for (int i = 0; i < tries; ++i) {
    if (attached.write(fb)) return;
  }
  throw std::runtime_error("the writeback never ended");
}

// The writeback connector that can be driven by the CRTC of this index.
std::optional<std::uint32_t> writeback_for(int fd, const drmModeRes& resources, int crtc_index) {
  for (int i = 0; i < resources.count_connectors; ++i) {
    drmModeConnector* connector = drmModeGetConnectorCurrent(fd, resources.connectors[i]);
    bool fits = false;
    for (int j = 0; connector && j < connector->count_encoders; ++j) {
      drmModeEncoder* encoder = drmModeGetEncoder(fd, connector->encoders[j]);
      fits |= encoder && (encoder->possible_crtcs >> crtc_index & 1) != 0;
      drmModeFreeEncoder(encoder);
    }
    fits = fits && connector->connector_type == DRM_MODE_CONNECTOR_WRITEBACK;
    drmModeFreeConnector(connector);
    if (fits) return resources.connectors[i];
  }
  return std::nullopt;
}

bool grab_crtc(int fd, const drmModeRes& resources, int index, const std::string& prefix) {
  drmModeCrtc* crtc = drmModeGetCrtc(fd, resources.crtcs[index]);
  const bool lit = crtc && crtc->mode_valid;
  const std::uint32_t width = lit ? crtc->mode.hdisplay : 0;
  const std::uint32_t height = lit ? crtc->mode.vdisplay : 0;
  drmModeFreeCrtc(crtc);
  if (!lit) return false;
  const auto connector = writeback_for(fd, resources, index);
  if (!connector) throw std::runtime_error("a CRTC has no writeback connector");
  const Buffer buffer{fd, width, height};
  write_back(fd, *connector, resources.crtcs[index], buffer.fb());
  const std::string suffix = resources.count_crtcs > 1 ? "-" + std::to_string(index) : "";
  buffer.write_png(prefix + suffix + ".png");
  return true;
}

void grab(const std::string& prefix) {
  const int fd = find_master();
  drmSetClientCap(fd, DRM_CLIENT_CAP_ATOMIC, 1);
  if (drmSetClientCap(fd, DRM_CLIENT_CAP_WRITEBACK_CONNECTORS, 1) != 0) {
    fail("no writeback connectors");
  }
  drmModeRes* resources = drmModeGetResources(fd);
  if (!resources) fail("get resources");
  bool any = false;
  for (int i = 0; i < resources->count_crtcs; ++i) any |= grab_crtc(fd, *resources, i, prefix);
  drmModeFreeResources(resources);
  close(fd);
  if (!any) throw std::runtime_error("every CRTC is off");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 || std::strcmp(argv[1], "--out") != 0) {
    std::fprintf(stderr, "usage: scanout-grab --out PREFIX\n");
    return 2;
  }
  try {
    grab(argv[2]);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "scanout-grab: %s\n", error.what());
    return 1;
  }
}
