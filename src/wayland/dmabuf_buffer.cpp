#include "wayland/dmabuf_buffer.hpp"

#include <utility>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "drm/modifier_rank.hpp"
#include "wayland/wayland_client.hpp"

namespace drmshow {
namespace {

std::string described(const ImageLayout& image) {
  return fmt::format("{}x{} {}, {}", image.size.width, image.size.height, to_string(image.format),
                     image.modifier ? "modifier " + to_string(*image.modifier) : "no modifier");
}

[[noreturn]] void throw_refused(const ImageLayout& image, const std::string& why) {
  throw Error{Failure::mode_refused, "the compositor cannot show " + described(image) + ": " + why};
}

/// One question to the compositor: can this be a buffer?
class DmabufRequest {
 public:
  explicit DmabufRequest(zwp_linux_dmabuf_v1* dmabuf)
      : params_{zwp_linux_dmabuf_v1_create_params(dmabuf)} {
    zwp_linux_buffer_params_v1_add_listener(params_, &listener, this);
  }
  ~DmabufRequest() {
    zwp_linux_buffer_params_v1_destroy(params_);
    if (buffer_) wl_buffer_destroy(buffer_);
  }
  DmabufRequest(const DmabufRequest&) = delete;
  DmabufRequest& operator=(const DmabufRequest&) = delete;

  void add_plane(std::size_t index, const ImageLayout::Plane& plane, Modifier modifier) {
    zwp_linux_buffer_params_v1_add(params_, plane.dmabuf, static_cast<std::uint32_t>(index),
                                   plane.offset, plane.pitch,
                                   static_cast<std::uint32_t>(modifier.value() >> 32),
                                   static_cast<std::uint32_t>(modifier.value()));
  }
  void send(Size size, Format format) {
    zwp_linux_buffer_params_v1_create(params_, size.width, size.height, format.fourcc(), 0);
  }

  bool refused() const { return refused_; }
  /// The caller's now; nullptr if it did not come.
  wl_buffer* take() { return std::exchange(buffer_, nullptr); }

 private:
  static DmabufRequest& from(void* data) { return *static_cast<DmabufRequest*>(data); }
  static void on_created(void* data, zwp_linux_buffer_params_v1* /*params*/, wl_buffer* buffer) {
    from(data).buffer_ = buffer;
  }
  static void on_failed(void* data, zwp_linux_buffer_params_v1* /*params*/) {
    from(data).refused_ = true;
  }
  static constexpr zwp_linux_buffer_params_v1_listener listener{on_created, on_failed};

  zwp_linux_buffer_params_v1* params_;
  wl_buffer* buffer_ = nullptr;
  bool refused_ = false;
};

void add_planes(DmabufRequest& request, const ImageLayout& image) {
  const Modifier modifier = image.modifier.value_or(modifiers::invalid);
  for (std::size_t i = 0; i < image.plane_count; ++i) {
    if (image.planes.at(i).dmabuf < 0) throw_refused(image, "it is no dmabuf");
    request.add_plane(i, image.planes.at(i), modifier);
  }
}

}  // namespace

WaylandBuffer make_dmabuf_buffer(WaylandConnection& connection, const WaylandGlobals& globals,
                                 const ImageLayout& image, std::uint64_t cookie,
                                 WindowEvents& events) {
  if (!globals.dmabuf()) throw_refused(image, "it takes no dmabufs");
  if (image.size.empty()) throw_refused(image, "it is empty");
  DmabufRequest request{globals.dmabuf()};
  add_planes(request, image);
  request.send(image.size, image.format);
  const bool answered = connection.roundtrip();
  if (wl_buffer* const buffer = request.take()) return {buffer, cookie, events};
  throw_refused(image, answered ? "it cannot import it" : "it does not answer");
}

}  // namespace drmshow
