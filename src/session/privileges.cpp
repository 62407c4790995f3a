#include "session/privileges.hpp"

#include <cerrno>
#include <memory>
#include <type_traits>
#include <vector>

#include <sys/capability.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

struct FreeCapabilities {
  void operator()(cap_t capabilities) const noexcept { cap_free(capabilities); }
};
using Capabilities = std::unique_ptr<std::remove_pointer_t<cap_t>, FreeCapabilities>;

void require(bool done) {
  if (done) return;
  throw Error{Failure::unexpected, "cannot give up privileges",
              "Nothing was shown. Run it as a user, or without set-uid and file capabilities.",
              errno};
}

std::vector<cap_value_t> list(const NeededPrivileges& needed) {
  std::vector<cap_value_t> kept;
  if (needed.vt) kept.push_back(CAP_SYS_TTY_CONFIG);
  if (needed.master) kept.push_back(CAP_SYS_ADMIN);
  if (needed.files) kept.push_back(CAP_DAC_OVERRIDE);
  return kept;
}

bool has(cap_t capabilities, cap_value_t capability) {
  cap_flag_value_t value = CAP_CLEAR;
  return cap_get_flag(capabilities, capability, CAP_PERMITTED, &value) == 0 && value == CAP_SET;
}

bool has_any(cap_t capabilities) {
  const Capabilities none{cap_init()};
  return cap_compare(capabilities, none.get()) != 0;
}

// What we have of the needed ones: nobody gets more than before.
Capabilities intersection(cap_t ours, const std::vector<cap_value_t>& needed) {
  Capabilities kept{cap_init()};
  require(kept != nullptr);
  for (const cap_value_t capability : needed) {
    if (!has(ours, capability)) continue;
    require(cap_set_flag(kept.get(), CAP_PERMITTED, 1, &capability, CAP_SET) == 0 &&
            cap_set_flag(kept.get(), CAP_EFFECTIVE, 1, &capability, CAP_SET) == 0);
  }
  return kept;
}

// What a set-uid program was started with. Capabilities would go with the uid.
void become_the_real_user() {
  if (::geteuid() == ::getuid() && ::getegid() == ::getgid()) return;
  const gid_t group = ::getgid();
  const uid_t user = ::getuid();
  require(::prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) == 0);
  require(::setresgid(group, group, group) == 0);
  require(::setresuid(user, user, user) == 0);
  require(::prctl(PR_SET_KEEPCAPS, 0, 0, 0, 0) == 0);
}

}  // namespace

void drop_privileges(const NeededPrivileges& needed) {
  const Capabilities before{cap_get_proc()};
  require(before != nullptr);
  const Capabilities kept = intersection(before.get(), list(needed));
  become_the_real_user();
  if (has_any(before.get())) require(cap_set_proc(kept.get()) == 0);
  require(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
}

}  // namespace drmshow
