// zwp_linux_dmabuf_v1: buffers of one or more planes, of which the first is looked at. What the
// protocol calls an error is one here.
#include <unistd.h>
#include <wayland-server-protocol.h>

#include <array>
#include <memory>
#include <string>
#include <utility>

#include "fake_buffer.hpp"
#include "fake_feedback.hpp"
#include "fake_resource.hpp"
#include "fake_world.hpp"
#include "linux-dmabuf-v1-server-protocol.h"

namespace drmshow::fake {

namespace {

constexpr int dmabuf_version = 4;
constexpr std::size_t most_planes = 4;

// Behind a zwp_linux_buffer_params_v1.
struct Params {
  explicit Params(World& shared) : world(shared) {}
  World& world;
  std::array<DmabufPlane, most_planes> planes;
  std::uint64_t modifier = no_modifier;
  bool used = false;
};

struct Refusal {
  std::uint32_t code = 0;
  std::string text;  // empty: none
};

void add_plane(wl_client* /*client*/, wl_resource* resource, std::int32_t fd, std::uint32_t index,
               std::uint32_t offset, std::uint32_t stride, std::uint32_t modifier_high,
               std::uint32_t modifier_low) {
  Params& params = *object_of<Params>(resource);
  UniqueFd owned(fd);
  if (index >= most_planes || params.planes.at(index).fd) {
    params.world.report.violation("dmabuf", "plane " + std::to_string(index));
    wl_resource_post_error(resource,
                           index >= most_planes ? ZWP_LINUX_BUFFER_PARAMS_V1_ERROR_PLANE_IDX
                                                : ZWP_LINUX_BUFFER_PARAMS_V1_ERROR_PLANE_SET,
                           "plane %u", index);
    return;
  }
  params.planes.at(index) = {std::move(owned), {}, offset, stride};
  params.modifier = static_cast<std::uint64_t>(modifier_high) << 32 | modifier_low;
}

Refusal check(const Params& params, Extent size, std::uint32_t format) {
  const DmabufPlane& plane = params.planes[0];
  if (params.used) return {ZWP_LINUX_BUFFER_PARAMS_V1_ERROR_ALREADY_USED, "a second buffer"};
  if (!plane.fd) return {ZWP_LINUX_BUFFER_PARAMS_V1_ERROR_INCOMPLETE, "no plane 0"};
  if (size.width <= 0 || size.height <= 0)
    return {ZWP_LINUX_BUFFER_PARAMS_V1_ERROR_INVALID_DIMENSIONS, "its size"};
  if (!offered(format, params.modifier))
    return {ZWP_LINUX_BUFFER_PARAMS_V1_ERROR_INVALID_FORMAT, "not offered"};
  const off_t bytes = lseek(plane.fd.get(), 0, SEEK_END);  // of a dmabuf too
  const auto needed =
      static_cast<off_t>(plane.offset) + static_cast<off_t>(plane.stride) * size.height;
  if (bytes >= 0 && needed > bytes)
    return {ZWP_LINUX_BUFFER_PARAMS_V1_ERROR_OUT_OF_BOUNDS, "more than its memory"};
  return {};
}

const struct wl_buffer_interface buffer_requests = {.destroy = destroy_resource};

wl_resource* make_buffer(wl_client* client, Params& params, std::uint32_t id, Extent size) {
  auto plane = std::make_shared<DmabufPlane>(std::move(params.planes[0]));
  plane->size = size;
  params.used = true;
  params.world.report.write("dmabuf", {{"size", {size.width, size.height}},
                                       {"modifier", std::to_string(params.modifier)}});
  return make_resource(client, wl_buffer_interface, 1, id, &buffer_requests, std::move(plane));
}

// False: the client has been told that there is no such buffer.
bool accept(wl_resource* resource, Extent size, std::uint32_t format) {
  Params& params = *object_of<Params>(resource);
  const Refusal refusal = check(params, size, format);
  if (!refusal.text.empty()) {
    params.world.report.violation("dmabuf", refusal.text);
    wl_resource_post_error(resource, refusal.code, "%s", refusal.text.c_str());
    return false;
  }
  if (params.world.behaviour.refuse_dmabuf) {
    params.world.report.write("refused", nlohmann::json::object());
    zwp_linux_buffer_params_v1_send_failed(resource);
    return false;
  }
  return true;
}

void create(wl_client* client, wl_resource* resource, std::int32_t width, std::int32_t height,
            std::uint32_t format, std::uint32_t /*flags*/) {
  if (!accept(resource, {width, height}, format)) return;
  wl_resource* buffer = make_buffer(client, *object_of<Params>(resource), 0, {width, height});
  zwp_linux_buffer_params_v1_send_created(resource, buffer);
}

// A refused one gets an object nevertheless, which the client has to destroy.
void create_at_once(wl_client* client, wl_resource* resource, std::uint32_t id, std::int32_t width,
                    std::int32_t height, std::uint32_t format, std::uint32_t /*flags*/) {
  Params& params = *object_of<Params>(resource);
  accept(resource, {width, height}, format);
  make_buffer(client, params, id, {width, height});
}

const struct zwp_linux_buffer_params_v1_interface params_requests = {
    .destroy = destroy_resource,
    .add = add_plane,
    .create = create,
    .create_immed = create_at_once};

void create_params(wl_client* client, wl_resource* resource, std::uint32_t id) {
  World& world = *static_cast<World*>(wl_resource_get_user_data(resource));
  make_resource(client, zwp_linux_buffer_params_v1_interface, wl_resource_get_version(resource), id,
                &params_requests, std::make_shared<Params>(world));
}

const struct zwp_linux_dmabuf_feedback_v1_interface feedback_requests = {.destroy =
                                                                             destroy_resource};

void get_feedback(wl_client* client, wl_resource* resource, std::uint32_t id) {
  const World& world = *static_cast<World*>(wl_resource_get_user_data(resource));
  wl_resource* feedback = wl_resource_create(client, &zwp_linux_dmabuf_feedback_v1_interface,
                                             wl_resource_get_version(resource), id);
  wl_resource_set_implementation(feedback, &feedback_requests, nullptr, nullptr);
  send_feedback(feedback, world.behaviour);
}

const struct zwp_linux_dmabuf_v1_interface dmabuf_requests = {
    .destroy = destroy_resource,
    .create_params = create_params,
    .get_default_feedback = get_feedback,
    .get_surface_feedback = [](wl_client* client, wl_resource* resource, std::uint32_t id,
                               wl_resource*) { get_feedback(client, resource, id); }};

void bind_dmabuf(wl_client* client, void* world, std::uint32_t version, std::uint32_t id) {
  wl_resource* resource =
      wl_resource_create(client, &zwp_linux_dmabuf_v1_interface, static_cast<int>(version), id);
  wl_resource_set_implementation(resource, &dmabuf_requests, world, nullptr);
}

}  // namespace

void make_dmabuf(World& world) {
  make_global(world, zwp_linux_dmabuf_v1_interface, dmabuf_version, bind_dmabuf);
}

}  // namespace drmshow::fake
