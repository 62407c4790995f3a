#include "kms/kernel_log.hpp"

#include <array>
#include <cerrno>
#include <fstream>

#include <fcntl.h>
#include <unistd.h>

namespace drmshow {
namespace {

constexpr const char* debug_parameter = "/sys/module/drm/parameters/debug";
constexpr const char* kms_and_atomic = "0x14";  // DRM_UT_KMS | DRM_UT_ATOMIC (drm_print.h)

std::optional<std::string> read_line(const char* path) {
  std::ifstream file{path};
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  return line;
}

// What the kernel says of every commit, whether it works or not (drm_atomic.c).
bool is_bookkeeping(const std::string& text) {
  for (const char* phrase : {"Allocated atomic state", "Added [", "Adding all", "Clearing atomic",
                             "Freeing atomic", "Set [", "Link [", "Unlink"}) {
    if (text.find(phrase) != std::string::npos) return true;
  }
  return false;
}

UniqueFd open_log() {
  return UniqueFd{::open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC)};
}

UniqueFd& log_opened_ahead() {
  static UniqueFd log;
  return log;
}

bool write_line(const char* path, const std::string& line) {
  std::ofstream file{path};
  file << line << std::flush;
  return file.good();
}

}  // namespace

void KernelLog::open_ahead() {
  if (!log_opened_ahead()) log_opened_ahead() = open_log();
}

KernelLog::KernelLog() {
  const auto previous = read_line(debug_parameter);
  if (!previous) return;
  const UniqueFd& ahead = log_opened_ahead();
  log_ = ahead ? UniqueFd{::fcntl(ahead.get(), F_DUPFD_CLOEXEC, 0)} : open_log();
  if (!log_) return;
  ::lseek(log_.get(), 0, SEEK_END);
  if (write_line(debug_parameter, kms_and_atomic)) previous_debug_ = previous;
}

KernelLog::~KernelLog() {
  if (previous_debug_) write_line(debug_parameter, *previous_debug_);
}

std::vector<std::string> KernelLog::messages() const {
  std::vector<std::string> messages;
  if (!log_) return messages;
  std::array<char, 8192> record;  // CONSOLE_EXT_LOG_MAX: a read gives one whole record
  for (;;) {
    const ssize_t length = ::read(log_.get(), record.data(), record.size());
    if (length < 0 && errno == EPIPE) continue;  // some were overwritten: go on with what is left
    if (length <= 0) return messages;
    if (auto text = drm_message({record.data(), static_cast<std::size_t>(length)})) {
      messages.push_back(std::move(*text));
    }
  }
}

// Documentation/ABI/testing/dev-kmsg: "level,sequence,time,flags;text\n KEY=value…".
std::optional<std::string> drm_message(const std::string& record) {
  const std::size_t start = record.find(';');
  if (start == std::string::npos) return std::nullopt;
  std::string text = record.substr(start + 1, record.find('\n', start) - start - 1);
  if (text.find("[drm") == std::string::npos || is_bookkeeping(text)) return std::nullopt;
  return text;
}

}  // namespace drmshow
