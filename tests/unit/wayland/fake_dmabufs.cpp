// zwp_linux_dmabuf_v1 of the fake compositor.
#include <cstring>

#include <sys/mman.h>
#include <unistd.h>
#include <wayland-server-protocol.h>

#include "fake_state.hpp"
#include "linux-dmabuf-v1-server-protocol.h"

namespace drmshow::fake {
namespace {

const struct wl_buffer_interface buffer_requests { destroy_resource };

void add(wl_client*, wl_resource* params, std::int32_t fd, std::uint32_t, std::uint32_t,
         std::uint32_t, std::uint32_t, std::uint32_t) {
  ::close(fd);
  ++state_of(params).dmabuf_planes;
}
void create(wl_client* client, wl_resource* params, std::int32_t, std::int32_t, std::uint32_t,
            std::uint32_t) {
  if (state_of(params).manners.refuses_dmabufs) {
    return zwp_linux_buffer_params_v1_send_failed(params);
  }
  wl_resource* const buffer = wl_resource_create(client, &wl_buffer_interface, 1, 0);
  wl_resource_set_implementation(buffer, &buffer_requests, nullptr, nullptr);
  zwp_linux_buffer_params_v1_send_created(params, buffer);
}
void create_immed(wl_client*, wl_resource*, std::uint32_t, std::int32_t, std::int32_t,
                  std::uint32_t, std::uint32_t) {}
const struct zwp_linux_buffer_params_v1_interface params_requests {
  destroy_resource, add, create, create_immed
};
void create_params(wl_client* client, wl_resource* dmabuf, std::uint32_t id) {
  make(client, dmabuf, zwp_linux_buffer_params_v1_interface, &params_requests, &state_of(dmabuf),
       id);
}

/// Bytes as an array of the protocol's.
class Array {
 public:
  Array(const void* bytes, std::size_t length) {
    wl_array_init(&array_);
    std::memcpy(wl_array_add(&array_, length), bytes, length);
  }
  ~Array() { wl_array_release(&array_); }
  Array(const Array&) = delete;
  Array& operator=(const Array&) = delete;
  wl_array* get() { return &array_; }

 private:
  wl_array array_{};
};

void send_table(wl_resource* feedback, const FakeManners& manners) {
  std::vector<std::byte> bytes;
  for (const auto& [format, modifier] : manners.table) {
    const std::uint64_t entry[] = {format.fourcc(), modifier.value()};
    const auto* const first = reinterpret_cast<const std::byte*>(entry);
    bytes.insert(bytes.end(), first, first + sizeof entry);
  }
  const int fd = ::memfd_create("table", MFD_CLOEXEC);
  if (::write(fd, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) std::abort();
  const auto said = manners.table_bytes_said > 0 ? manners.table_bytes_said : bytes.size();
  zwp_linux_dmabuf_feedback_v1_send_format_table(feedback, fd, static_cast<std::uint32_t>(said));
  ::close(fd);
}

void send_tranche(wl_resource* feedback, const FakeTranche& tranche) {
  Array device{&tranche.device, sizeof tranche.device};
  zwp_linux_dmabuf_feedback_v1_send_tranche_target_device(feedback, device.get());
  zwp_linux_dmabuf_feedback_v1_send_tranche_flags(feedback, tranche.scanout ? 1 : 0);
  Array indices{tranche.indices.data(), tranche.indices.size() * sizeof(std::uint16_t)};
  zwp_linux_dmabuf_feedback_v1_send_tranche_formats(feedback, indices.get());
  zwp_linux_dmabuf_feedback_v1_send_tranche_done(feedback);
}

const struct zwp_linux_dmabuf_feedback_v1_interface feedback_requests { destroy_resource };
void get_feedback(wl_client* client, wl_resource* dmabuf, std::uint32_t id) {
  const FakeManners& manners = state_of(dmabuf).manners;
  wl_resource* const feedback = make(client, dmabuf, zwp_linux_dmabuf_feedback_v1_interface,
                                     &feedback_requests, &state_of(dmabuf), id);
  send_table(feedback, manners);
  Array device{&manners.main_device, sizeof manners.main_device};
  zwp_linux_dmabuf_feedback_v1_send_main_device(feedback, device.get());
  for (const FakeTranche& tranche : manners.tranches) send_tranche(feedback, tranche);
  zwp_linux_dmabuf_feedback_v1_send_done(feedback);
}
void get_surface_feedback(wl_client* client, wl_resource* dmabuf, std::uint32_t id,
                          wl_resource* /*surface*/) {
  get_feedback(client, dmabuf, id);
}
const struct zwp_linux_dmabuf_v1_interface dmabuf_requests {
  destroy_resource, create_params, get_feedback, get_surface_feedback
};

void bind_dmabuf(wl_client* client, void* data, std::uint32_t version, std::uint32_t id) {
  wl_resource* const resource =
      wl_resource_create(client, &zwp_linux_dmabuf_v1_interface, static_cast<int>(version), id);
  wl_resource_set_implementation(resource, &dmabuf_requests, data, nullptr);
  if (version >= ZWP_LINUX_DMABUF_V1_GET_DEFAULT_FEEDBACK_SINCE_VERSION) return;
  for (const auto& [format, modifier] : state_of(resource).manners.table) {
    zwp_linux_dmabuf_v1_send_format(resource, format.fourcc());
    if (version < ZWP_LINUX_DMABUF_V1_MODIFIER_SINCE_VERSION) continue;
    zwp_linux_dmabuf_v1_send_modifier(resource, format.fourcc(),
                                      static_cast<std::uint32_t>(modifier.value() >> 32),
                                      static_cast<std::uint32_t>(modifier.value()));
  }
}

}  // namespace

void offer_dmabufs(FakeCompositor::State& state) {
  wl_global_create(state.display, &zwp_linux_dmabuf_v1_interface, state.manners.dmabuf_version,
                   &state, bind_dmabuf);
}

}  // namespace drmshow::fake
