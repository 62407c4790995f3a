#include "fake_feedback.hpp"

#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "drm-show/fd.hpp"
#include "linux-dmabuf-v1-server-protocol.h"

namespace drmshow::fake {

namespace {

// As the protocol lays it out.
struct Entry {
  std::uint32_t format = 0;
  std::uint32_t unused = 0;
  std::uint64_t modifier = 0;
};
static_assert(sizeof(Entry) == 16);

// drm_fourcc.h's macros have C casts in them.
constexpr std::uint32_t xrgb8888 = 0x34325258;  // XR24
constexpr std::uint32_t argb8888 = 0x34325241;  // AR24
constexpr std::uint64_t linear = 0;
constexpr std::array<Entry, 4> format_table{{{xrgb8888, 0, linear},
                                             {argb8888, 0, linear},
                                             {xrgb8888, 0, no_modifier},
                                             {argb8888, 0, no_modifier}}};
constexpr std::uint32_t pretended_size =
    1 << 20;                                   // of a short table; far behind its file's last page
constexpr std::uint16_t short_index = 60'000;  // there by the size that is told, not in the file
constexpr std::uint16_t index_of_nothing = 0xffff;

// The one that was chosen, or the first display or GPU that there is; else what would be the first
// GPU's number.
dev_t graphics_device(const std::string& chosen) {
  for (const std::string& path : {chosen, std::string("/dev/dri/renderD128"),
                                  std::string("/dev/dri/card0"), std::string("/dev/dri/card1")}) {
    struct stat status {};
    if (stat(path.c_str(), &status) == 0) return status.st_rdev;
  }
  return makedev(226, 128);
}

dev_t device_of(const Behaviour& behaviour) {
  const bool wrong = behaviour.feedback == Feedback::wrong_device;
  return wrong ? makedev(1, 3) : graphics_device(behaviour.drm);
}

std::vector<std::uint16_t> indices_of(Feedback kind) {
  if (kind == Feedback::no_formats) return {};
  std::vector<std::uint16_t> indices{0, 1, 2, 3};
  if (kind == Feedback::huge_index) indices.push_back(index_of_nothing);
  if (kind == Feedback::short_table) indices.push_back(short_index);
  return indices;
}

std::uint32_t told_size(Feedback kind) {
  if (kind == Feedback::zero_size) return 0;
  return kind == Feedback::short_table ? pretended_size : sizeof format_table;
}

// Bytes as an array of the protocol, while this lives.
class Bytes {
 public:
  Bytes(const void* data, std::size_t size) {
    wl_array_init(&array_);
    if (size == 0) return;
    void* to = wl_array_add(&array_, size);
    std::copy_n(static_cast<const char*>(data), size, static_cast<char*>(to));
  }
  ~Bytes() { wl_array_release(&array_); }
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;
  wl_array* get() { return &array_; }

 private:
  wl_array array_{};
};

void send_table(wl_resource* feedback, Feedback kind) {
  const UniqueFd file(memfd_create("formats", MFD_CLOEXEC));
  if (write(file.get(), format_table.data(), sizeof format_table) != sizeof format_table) return;
  zwp_linux_dmabuf_feedback_v1_send_format_table(feedback, file.get(), told_size(kind));
}

}  // namespace

bool offered(std::uint32_t format, std::uint64_t modifier) {
  return std::any_of(format_table.begin(), format_table.end(),
                     [format, modifier](const Entry& entry) {
                       return entry.format == format && entry.modifier == modifier;
                     });
}

void send_feedback(wl_resource* feedback, const Behaviour& behaviour) {
  const Feedback kind = behaviour.feedback;
  send_table(feedback, kind);
  const dev_t number = device_of(behaviour);
  Bytes device(&number, sizeof number);
  zwp_linux_dmabuf_feedback_v1_send_main_device(feedback, device.get());
  zwp_linux_dmabuf_feedback_v1_send_tranche_target_device(feedback, device.get());
  zwp_linux_dmabuf_feedback_v1_send_tranche_flags(feedback, 0);
  const std::vector<std::uint16_t> chosen = indices_of(kind);
  Bytes indices(chosen.data(), chosen.size() * sizeof chosen[0]);
  zwp_linux_dmabuf_feedback_v1_send_tranche_formats(feedback, indices.get());
  zwp_linux_dmabuf_feedback_v1_send_tranche_done(feedback);
  zwp_linux_dmabuf_feedback_v1_send_done(feedback);
}

}  // namespace drmshow::fake
