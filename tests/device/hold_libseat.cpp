// hold-libseat: opens the seat through libseat, shows a grid, says "Showing", and goes on until
// there is a line on stdin: leaves and enters as the seat says. Errors as drm-show has them.
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include <poll.h>
#include <unistd.h>

#include "drm-show/content.hpp"
#include "drm-show/device.hpp"
#include "drm-show/display.hpp"
#include "drm-show/error.hpp"
#include "session/libseat_seat.hpp"

namespace {

using namespace drmshow;

void say(const char* line) {
  std::puts(line);
  std::fflush(stdout);
}

void draw_and_show(Display& display) {
  for (std::size_t i = 0; i < display.outputs().size(); ++i) {
    display.draw(i, *make_pattern("grid", display.outputs()[i].mode.size()));
  }
  display.show();
}

void follow(Seat& seat, const Device& device, std::optional<Display>& display) {
  for (;;) {
    const SeatEvent event = seat.read_event();
    if (event == SeatEvent::none) return;
    if (event == SeatEvent::leave) {
      device.drop_master();
      seat.left();
      say("Left");
    } else {
      display.reset();
      display.emplace(device, DisplayOptions{});
      draw_and_show(*display);
      say("Back");
    }
  }
}

void hold(Seat& seat) {
  const Device device =
      Device::open({}, [&](const std::filesystem::path& node) { return seat.open_device(node); });
  seat.take();
  std::optional<Display> display{std::in_place, device, DisplayOptions{}};
  draw_and_show(*display);
  say(("Showing on " + seat.name()).c_str());
  for (;;) {
    pollfd fds[] = {{seat.fd(), POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
    ::poll(fds, 2, -1);
    if (fds[0].revents != 0) follow(seat, device, display);
    if (fds[1].revents != 0) break;
  }
  display.reset();
  seat.give_back();
}

}  // namespace

int main() try {
  const auto seat = open_libseat();
  hold(*seat);
  say("Ended");
} catch (const Error& error) {
  std::fprintf(stderr, "%s\n%s\n", error.what(), error.hint().c_str());
  return static_cast<int>(error.failure());
}
