// Threads beside the one that listens to signals.
#pragma once

#include <system_error>
#include <thread>
#include <utility>

#include <pthread.h>

#include "base/signals_blocked.hpp"
#include "drm-show/error.hpp"

namespace drmshow {

/// No signals are delivered to it. `name`: for ps, at most 15 characters. Throws Error.
template <class Work>
std::thread start_thread(const char* name, Work work) {
  const SignalsBlocked blocked{signals_of_others()};
  try {
    std::thread thread{std::move(work)};
    pthread_setname_np(thread.native_handle(), name);
    return thread;
  } catch (const std::system_error& error) {
    throw Error{Failure::unexpected, "cannot start a thread", {}, error.code().value()};
  }
}

}  // namespace drmshow
