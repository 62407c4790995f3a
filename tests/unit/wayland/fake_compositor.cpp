#include "fake_compositor.hpp"

#include <cstdint>
#include <utility>

#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fake_state.hpp"

namespace drmshow::fake {
namespace {

int end_loop(int /*fd*/, std::uint32_t /*mask*/, void* data) {
  wl_display_terminate(static_cast<wl_display*>(data));
  return 0;
}

}  // namespace

FakeCompositor::FakeCompositor(FakeManners manners)
    : state_{std::make_unique<State>(std::move(manners))} {
  State& state = *state_;
  state.display = wl_display_create();
  wl_display_init_shm(state.display);
  offer_surfaces(state);
  if (state.manners.dmabuf_version > 0) offer_dmabufs(state);
  if (state.manners.staging) offer_staging(state);
  if (state.manners.preferred_scale > 0) offer_scale(state);
  int ends[2] = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) std::abort();
  state.client_end.reset(ends[1]);
  state.client = wl_client_create(state.display, ends[0]);
  state.ending.reset(::eventfd(0, EFD_CLOEXEC));
  state.ended = wl_event_loop_add_fd(wl_display_get_event_loop(state.display), state.ending.get(),
                                     WL_EVENT_READABLE, end_loop, state.display);
  state.thread = std::thread{[&state] { wl_display_run(state.display); }};
}

FakeCompositor::~FakeCompositor() {
  stop();
  wl_event_source_remove(state_->ended);
  wl_display_destroy_clients(state_->display);
  wl_display_destroy(state_->display);
}

UniqueFd FakeCompositor::connect() {
  return std::move(state_->client_end);
}

void FakeCompositor::stop() {
  if (!state_->thread.joinable()) return;
  const std::uint64_t one = 1;
  if (::write(state_->ending.get(), &one, sizeof one) != sizeof one) std::abort();
  state_->thread.join();
}

const std::vector<FakeCommit>& FakeCompositor::commits() const {
  return state_->commits;
}

int FakeCompositor::dmabuf_planes() const {
  return state_->dmabuf_planes;
}

}  // namespace drmshow::fake
