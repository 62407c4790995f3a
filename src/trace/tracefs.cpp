#include "trace/tracefs.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "drm-show/fd.hpp"

namespace drmshow {
namespace {

namespace fs = std::filesystem;

constexpr const char* mount_point = "/sys/kernel/tracing";
constexpr const char* old_mount_point = "/sys/kernel/debug/tracing";  // with debugfs
constexpr std::string_view instance_prefix = "drm-trace-";

struct EventGroup {
  const char* name;
  const char* begin;  // of the names of events
};
constexpr std::array event_groups{EventGroup{"drm", "drm_vblank_event"},
                                  EventGroup{"dma_fence", "dma_fence_"}};

[[noreturn]] void throw_no_tracing(const std::string& what, int errnum) {
  const bool forbidden = errnum == EACCES || errnum == EPERM;
  throw Error{forbidden ? Failure::no_permission : Failure::not_found, what,
              forbidden ? "The kernel's tracepoints are for root: run drm-trace with sudo, or with "
                          "--no-kernel."
                        : "This kernel has no tracing of events (CONFIG_TRACING).",
              errnum};
}

bool write_file(const std::string& path, std::string_view text) {
  const UniqueFd fd{::open(path.c_str(), O_WRONLY | O_CLOEXEC)};
  return fd && ::write(fd.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

bool has_tracing(const char* path) {
  return ::access(fmt::format("{}/trace_clock", path).c_str(), F_OK) == 0;
}

std::optional<pid_t> owner_of(const std::string& instance) {
  if (!instance.starts_with(instance_prefix)) return std::nullopt;
  pid_t pid = 0;
  const char* const end = instance.data() + instance.size();
  const auto [at, fault] = std::from_chars(instance.data() + instance_prefix.size(), end, pid);
  return fault == std::errc{} && at == end && pid > 0 ? std::optional{pid} : std::nullopt;
}

// Of a drm-trace that was killed.
void remove_stale_instances(const std::string& instances) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator{instances, ignored}) {
    const auto owner = owner_of(entry.path().filename().string());
    if (owner && ::kill(*owner, 0) != 0 && errno == ESRCH) ::rmdir(entry.path().c_str());
  }
}

}  // namespace

struct KernelTrace::Impl {
  Impl();
  ~Impl();
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void find_tracefs();
  void make_instance();
  void enable_events();
  void listen();

  std::string root = mount_point;
  std::string instance;  // empty: not made
  bool mounted = false;  // by us
  std::string events;
  UniqueFd pipe;
};

void KernelTrace::Impl::find_tracefs() {
  if (has_tracing(mount_point)) return;
  if (has_tracing(old_mount_point)) {
    root = old_mount_point;
    return;
  }
  constexpr unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
  if (::mount("tracefs", mount_point, "tracefs", flags, nullptr) != 0)
    throw_no_tracing(fmt::format("{}: tracefs cannot be mounted", mount_point), errno);
  mounted = true;
}

void KernelTrace::Impl::make_instance() {
  const std::string instances = root + "/instances";
  remove_stale_instances(instances);
  const std::string path = fmt::format("{}/{}{}", instances, instance_prefix, ::getpid());
  if (::mkdir(path.c_str(), 0700) != 0) throw_no_tracing(path + ": cannot be made", errno);
  instance = path;
  if (!write_file(instance + "/trace_clock", "mono"))
    throw_no_tracing(instance + "/trace_clock: cannot be set", errno);
}

void KernelTrace::Impl::enable_events() {
  std::error_code ignored;
  for (const EventGroup& group : event_groups) {
    const std::string folder = fmt::format("{}/events/{}", instance, group.name);
    for (const auto& entry : fs::directory_iterator{folder, ignored}) {
      const std::string event = entry.path().filename().string();
      if (!event.starts_with(group.begin)) continue;
      if (write_file(entry.path().string() + "/enable", "1"))
        events += (events.empty() ? "" : ", ") + event;
    }
  }
  if (events.empty()) throw_no_tracing(instance + "/events: none of DRM or of fences", ENOENT);
}

void KernelTrace::Impl::listen() {
  const std::string path = instance + "/trace_pipe";
  pipe.reset(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!pipe) throw_no_tracing(path + ": cannot be opened", errno);
}

KernelTrace::Impl::Impl() {
  try {
    find_tracefs();
    make_instance();
    enable_events();
    listen();
  } catch (...) {
    if (!instance.empty()) ::rmdir(instance.c_str());
    if (mounted) ::umount(mount_point);
    throw;
  }
}

KernelTrace::Impl::~Impl() {
  pipe.reset();
  ::rmdir(instance.c_str());
  if (mounted) ::umount(mount_point);
}

KernelTrace::KernelTrace() : impl_{std::make_unique<Impl>()} {}
KernelTrace::~KernelTrace() = default;

void KernelTrace::read(const std::function<void(std::string_view)>& take) {
  std::array<char, 16384> piece;
  constexpr int most_pieces = 256;  // others want to be listened to as well
  for (int i = 0; i < most_pieces; ++i) {
    const ssize_t count = ::read(impl_->pipe.get(), piece.data(), piece.size());
    if (count <= 0) return;
    take({piece.data(), static_cast<std::size_t>(count)});
  }
}

void KernelTrace::stop() noexcept {
  write_file(impl_->instance + "/tracing_on", "0");
}

const std::string& KernelTrace::events() const noexcept {
  return impl_->events;
}

}  // namespace drmshow
