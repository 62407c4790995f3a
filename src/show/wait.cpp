#include "show/wait.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <poll.h>

#include "drm-show/error.hpp"
#include "session/device_watch.hpp"

namespace drmshow {
namespace {

using Clock = std::chrono::steady_clock;

// In poll's terms: whole milliseconds, rounded up so that it does not wake early; -1 is forever. A
// long wait is cut into days.
int timeout_until(std::optional<Clock::time_point> end) {
  using std::chrono::milliseconds;
  if (!end) return -1;
  const auto left = std::chrono::ceil<milliseconds>(*end - Clock::now());
  return static_cast<int>(
      std::clamp<milliseconds::rep>(left.count(), 0, milliseconds{std::chrono::hours{24}}.count()));
}

std::optional<Clock::time_point> end_of(std::optional<std::chrono::duration<double>> duration) {
  if (!duration) return std::nullopt;
  return Clock::now() + std::chrono::duration_cast<Clock::duration>(*duration);
}

}  // namespace

EndReason wait_for_end(const Device& device, const EndSignals& signals, Terminal& terminal,
                       std::optional<std::chrono::duration<double>> duration) {
  const auto end = end_of(duration);
  DeviceWatch watch{device.node()};
  for (;;) {
    std::array<pollfd, 3> fds{
        {{signals.fd(), POLLIN, 0}, {terminal.fd(), POLLIN, 0}, {watch.fd(), POLLIN, 0}}};
    const int ready = ::poll(fds.data(), fds.size(), timeout_until(end));
    if (ready < 0 && errno != EINTR) throw Error{Failure::unexpected, "cannot wait", {}, errno};
    if (ready == 0 && end && Clock::now() >= *end) return EndReason::time_is_up;
    if (ready <= 0) continue;
    if (fds[0].revents) return EndReason::asked;
    if (fds[1].revents && terminal.read_key() == Key::quit) return EndReason::asked;
    if (fds[2].revents && watch.device_is_gone()) return EndReason::device_gone;
  }
}

}  // namespace drmshow
