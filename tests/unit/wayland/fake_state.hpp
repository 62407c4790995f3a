// What the parts of the fake compositor share. All of it belongs to its thread while that runs.
#pragma once

#include <thread>
#include <utility>
#include <vector>

#include <wayland-server-core.h>

#include "fake_compositor.hpp"

namespace drmshow::fake {

struct Surface {
  FakeCompositor::State* state = nullptr;
  FakeCommit pending;
  wl_resource* buffer = nullptr;  // attached, not committed
  wl_resource* shown = nullptr;
  std::vector<wl_resource*> frames;     // callbacks of the pending commit
  std::vector<wl_resource*> feedbacks;  // ... and its wp_presentation_feedback
};

struct FakeCompositor::State {
  explicit State(FakeManners how) : manners{std::move(how)} {}

  FakeManners manners;
  wl_display* display = nullptr;
  wl_client* client = nullptr;
  wl_event_source* ended = nullptr;  // `ending` was written
  UniqueFd client_end;
  UniqueFd ending;  // eventfd: the thread ends
  std::thread thread;
  std::vector<FakeCommit> commits;
  int dmabuf_planes = 0;
};

inline FakeCompositor::State& state_of(wl_resource* resource) {
  return *static_cast<FakeCompositor::State*>(wl_resource_get_user_data(resource));
}
inline Surface& surface_of(wl_resource* resource) {
  return *static_cast<Surface*>(wl_resource_get_user_data(resource));
}

/// An object of the client's, which has asked for it.
template <class Requests>
wl_resource* make(wl_client* client, wl_resource* of, const wl_interface& interface,
                  const Requests* requests, void* data, std::uint32_t id) {
  wl_resource* const resource =
      wl_resource_create(client, &interface, wl_resource_get_version(of), id);
  wl_resource_set_implementation(resource, requests, data, nullptr);
  return resource;
}

inline void destroy_resource(wl_client* /*client*/, wl_resource* resource) {
  wl_resource_destroy(resource);
}

void offer_surfaces(FakeCompositor::State& state);
void offer_dmabufs(FakeCompositor::State& state);
void offer_scale(FakeCompositor::State& state);
void offer_staging(FakeCompositor::State& state);

}  // namespace drmshow::fake
