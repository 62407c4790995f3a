#include "show/screenshot_writer.hpp"

#include <utility>

#include <poll.h>

#include "drm-show/error.hpp"

namespace drmshow {

ScreenshotWriter::ScreenshotWriter() = default;

void ScreenshotWriter::add(RgbImage image, const std::filesystem::path& folder,
                           std::string output) {
  Job& job = waiting_.emplace_back(Job{std::move(image), folder, std::move(output)});
  const std::time_t now = std::time(nullptr);
  ::localtime_r(&now, &job.time);
  if (!thread_.busy()) start();
}

void ScreenshotWriter::start() {
  thread_.start({[](void* context) {
                   Job& job = *static_cast<Job*>(context);
                   job.file = save_screenshot(job.image, job.folder, job.output, job.time);
                 },
                 &waiting_.front()});
}

std::optional<std::filesystem::path> ScreenshotWriter::take_finished() {
  const auto next = [this] {
    waiting_.pop_front();
    if (!waiting_.empty()) start();
  };
  try {
    if (!thread_.take_finished()) return std::nullopt;
  } catch (...) {
    next();
    throw;
  }
  auto file = std::move(waiting_.front().file);
  next();
  return file;
}

std::optional<std::filesystem::path> ScreenshotWriter::wait_for_one() {
  while (!waiting_.empty()) {
    pollfd done{thread_.fd(), POLLIN, 0};
    ::poll(&done, 1, -1);
    if (auto file = take_finished()) return file;
  }
  return std::nullopt;
}

}  // namespace drmshow
