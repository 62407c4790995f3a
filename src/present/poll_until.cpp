#include "present/poll_until.hpp"

#include <cerrno>
#include <ctime>

#include <fmt/format.h>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

timespec to_timespec(Nanoseconds left) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
  return {static_cast<time_t>(seconds.count()), static_cast<long>((left - seconds).count())};
}

}  // namespace

void check_others(std::span<const pollfd> others) {
  if (others.size() <= most_others) return;
  throw Error{Failure::usage, fmt::format("{} descriptors to wait for", others.size()),
              fmt::format("At most {} are possible.", most_others)};
}

void poll_until(std::span<pollfd> fds, Time until, Time now) {
  const timespec left = to_timespec(until > now ? until - now : Nanoseconds{});
  const timespec* const timeout = until == Time::max() ? nullptr : &left;
  if (::ppoll(fds.data(), fds.size(), timeout, nullptr) >= 0) return;
  if (errno != EINTR) throw Error{Failure::unexpected, "cannot wait", {}, errno};
  for (pollfd& fd : fds) fd.revents = 0;
}

}  // namespace drmshow
