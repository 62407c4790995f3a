// wp_fractional_scale_manager_v1 of the fake compositor.
#include "fake_state.hpp"
#include "fractional-scale-v1-server-protocol.h"

namespace drmshow::fake {
namespace {

const struct wp_fractional_scale_v1_interface scale_requests { destroy_resource };
void get_scale(wl_client* client, wl_resource* manager, std::uint32_t id,
               wl_resource* /*surface*/) {
  wl_resource* const scale = make(client, manager, wp_fractional_scale_v1_interface,
                                  &scale_requests, &state_of(manager), id);
  wp_fractional_scale_v1_send_preferred_scale(scale, state_of(manager).manners.preferred_scale);
}
const struct wp_fractional_scale_manager_v1_interface manager_requests {
  destroy_resource, get_scale
};
void bind_scale(wl_client* client, void* data, std::uint32_t /*version*/, std::uint32_t id) {
  wl_resource* const resource =
      wl_resource_create(client, &wp_fractional_scale_manager_v1_interface, 1, id);
  wl_resource_set_implementation(resource, &manager_requests, data, nullptr);
}

}  // namespace

void offer_scale(FakeCompositor::State& state) {
  wl_global_create(state.display, &wp_fractional_scale_manager_v1_interface, 1, &state, bind_scale);
}

}  // namespace drmshow::fake
