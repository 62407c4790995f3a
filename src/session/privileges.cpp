#include "session/privileges.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <fcntl.h>
#include <linux/capability.h>
#include <sys/auxv.h>
#include <sys/capability.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "drm-show/error.hpp"
#include "drm/node.hpp"

namespace drmshow {
namespace {

constexpr unsigned drm_major = 226;  // Documentation/admin-guide/devices.txt

struct FreeCapabilities {
  void operator()(cap_t capabilities) const noexcept { cap_free(capabilities); }
};
using Capabilities = std::unique_ptr<std::remove_pointer_t<cap_t>, FreeCapabilities>;

// Ids as they were when the program started.
struct Ids {
  uid_t real_user = 0;
  uid_t user = 0;
  gid_t real_group = 0;
  gid_t group = 0;
};
std::optional<Ids> laid_aside;  // from lay_privileges_aside() to drop_privileges()

void require(bool done) {
  if (done) return;
  throw Error{Failure::unexpected, "cannot give up privileges",
              "Nothing was shown. Run it as a user, or without set-uid and file capabilities.",
              errno};
}

// Of the calling thread.
class RawCapabilities {
 public:
  bool read() noexcept { return ::syscall(SYS_capget, &header_, sets_.data()) == 0; }
  bool write() noexcept { return ::syscall(SYS_capset, &header_, sets_.data()) == 0; }
  void set_effective(bool all) noexcept {
    for (auto& set : sets_) set.effective = all ? set.permitted : 0;
  }
  void clear() noexcept { sets_ = {}; }

 private:
  __user_cap_header_struct header_{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> sets_{};
};

bool set_effective_capabilities(bool all) noexcept {
  RawCapabilities capabilities;
  if (!capabilities.read()) return false;
  capabilities.set_effective(all);
  return capabilities.write();
}

constexpr auto unchanged = static_cast<unsigned>(-1);

// The group first while there may be the right to, and last when it goes.
bool raise(const Ids& ids) noexcept {
  return ::syscall(SYS_setresuid, unchanged, ids.user, unchanged) == 0 &&
         ::syscall(SYS_setresgid, unchanged, ids.group, unchanged) == 0 &&
         set_effective_capabilities(true);
}

bool lay_aside(const Ids& ids) noexcept {
  return ::syscall(SYS_setresgid, unchanged, ids.real_group, unchanged) == 0 &&
         ::syscall(SYS_setresuid, unchanged, ids.real_user, unchanged) == 0 &&
         set_effective_capabilities(false);
}

std::vector<cap_value_t> list(const NeededPrivileges& needed) {
  std::vector<cap_value_t> kept;
  if (needed.vt) kept.push_back(CAP_SYS_TTY_CONFIG);
  if (needed.master) kept.push_back(CAP_SYS_ADMIN);
  if (needed.files == FileRights::read) kept.push_back(CAP_DAC_READ_SEARCH);
  if (needed.files == FileRights::all) kept.push_back(CAP_DAC_OVERRIDE);
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

bool is_only_the_user() noexcept {
  std::array<uid_t, 3> users{};
  std::array<gid_t, 3> groups{};
  return ::getresuid(&users[0], &users[1], &users[2]) == 0 &&
         ::getresgid(&groups[0], &groups[1], &groups[2]) == 0 && users[0] == users[1] &&
         users[0] == users[2] && groups[0] == groups[1] && groups[0] == groups[2];
}

// What a set-uid program was started with. Capabilities would go with the uid.
void become_the_real_user() {
  if (is_only_the_user()) return;
  const gid_t group = ::getgid();
  const uid_t user = ::getuid();
  require(::prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) == 0);
  require(::setresgid(group, group, group) == 0);
  require(::setresuid(user, user, user) == 0);
  require(::prctl(PR_SET_KEEPCAPS, 0, 0, 0, 0) == 0);
}

// Whoever had the privilege to lower its score so far once may do so again without it, and so may
// its children (fs/proc/base.c, oom_score_adj_min): our guards, for which it is done.
class OomScoreForGuards {
 public:
  OomScoreForGuards() {
    const PrivilegesRaised raised;
    file_ = UniqueFd{::open("/proc/self/oom_score_adj", O_RDWR | O_CLOEXEC)};
    if (!file_) return;
    const ssize_t length = ::read(file_.get(), before_.data(), before_.size());
    if (length <= 0) {
      file_.reset();
      return;
    }
    length_ = static_cast<std::size_t>(length);
    constexpr std::string_view lowest{"-1000"};
    if (::pwrite(file_.get(), lowest.data(), lowest.size(), 0) < 0) file_.reset();
  }
  ~OomScoreForGuards() {
    if (file_) static_cast<void>(!::pwrite(file_.get(), before_.data(), length_, 0));
  }
  OomScoreForGuards(const OomScoreForGuards&) = delete;
  OomScoreForGuards& operator=(const OomScoreForGuards&) = delete;

 private:
  UniqueFd file_;
  std::array<char, 16> before_{};
  std::size_t length_ = 0;
};

bool is_refused(const std::filesystem::path& path, int mode) noexcept {
  return ::faccessat(AT_FDCWD, path.c_str(), mode, AT_EACCESS) != 0 && errno == EACCES;
}

}  // namespace

bool gives_master_back(const char* release) {
  char* rest = nullptr;
  const long version = std::strtol(release, &rest, 10);
  if (*rest != '.') return true;  // of a kernel that nobody has heard of yet
  const long patch_level = std::strtol(rest + 1, nullptr, 10);
  return version > 5 || (version == 5 && patch_level >= 8);
}

void lay_privileges_aside() {
  const Ids ids{::getuid(), ::geteuid(), ::getgid(), ::getegid()};
  if (::getauxval(AT_SECURE) == 0 && is_only_the_user()) return;
  require(lay_aside(ids));
  laid_aside = ids;
}

bool privileges_are_laid_aside() {
  return laid_aside.has_value();
}

PrivilegesRaised::PrivilegesRaised() : raised_{laid_aside.has_value()} {
  if (raised_) require(raise(*laid_aside));
}

PrivilegesRaised::~PrivilegesRaised() {
  const int errnum = errno;
  if (raised_ && !lay_aside(*laid_aside)) std::abort();
  errno = errnum;
}

// What the path leads to is looked at as the user, and that very file is opened with privileges.
UniqueFd open_node_raised(const std::filesystem::path& node) {
  if (!laid_aside) return open_node(node, O_RDWR);
  const UniqueFd found{::open(node.c_str(), O_PATH | O_CLOEXEC)};
  struct stat status {};
  const bool is_node = found && ::fstat(found.get(), &status) == 0 && S_ISCHR(status.st_mode) &&
                       major(status.st_rdev) == drm_major;
  if (is_node) {
    const std::string same = "/proc/self/fd/" + std::to_string(found.get());
    const PrivilegesRaised raised;
    UniqueFd fd{::open(same.c_str(), O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)};
    if (fd) return fd;
  }
  return open_node(node, O_RDWR);  // says why not
}

FileRights needed_file_rights(std::span<const std::filesystem::path> read,
                              const std::optional<std::filesystem::path>& folder) {
  if (laid_aside || ::geteuid() != 0) return FileRights::none;
  require(set_effective_capabilities(false));
  FileRights rights = FileRights::none;
  for (const auto& path : read) {
    if (is_refused(path, R_OK)) rights = FileRights::read;
  }
  if (folder && is_refused(*folder, W_OK | X_OK)) rights = FileRights::all;
  require(set_effective_capabilities(true));
  return rights;
}

void drop_privileges(const NeededPrivileges& needed) {
  const OomScoreForGuards score;
  const Capabilities before{cap_get_proc()};
  require(before != nullptr);
  const Capabilities kept = intersection(before.get(), list(needed));
  become_the_real_user();
  if (has_any(before.get())) require(cap_set_proc(kept.get()) == 0);
  require(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
  laid_aside.reset();
}

bool raise_privileges_for_good() noexcept {
  return !laid_aside || raise(*laid_aside);
}

bool be_only_the_user() noexcept {
  const auto user = ::getuid();
  const auto group = ::getgid();
  if (!laid_aside && is_only_the_user()) return true;
  RawCapabilities none;
  none.clear();
  return ::syscall(SYS_setresgid, group, group, group) == 0 &&
         ::syscall(SYS_setresuid, user, user, user) == 0 && none.write();
}

}  // namespace drmshow
