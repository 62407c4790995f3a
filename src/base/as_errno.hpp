// For where nobody can be told more than a number: on the way out, in destructors.
#pragma once

#include <cerrno>
#include <exception>
#include <system_error>

namespace drmshow {

/// What `call` returns, 0 or an errno; or the errno behind what it throws.
template <class Call>
int as_errno(const Call& call) noexcept {
  try {
    return call();
  } catch (const std::system_error& error) {
    return error.code().value();
  } catch (const std::exception&) {
    return ENOMEM;
  }
}

}  // namespace drmshow
