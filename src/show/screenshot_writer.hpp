// Writes screenshots in a thread: to pack one takes seconds, and neither keys nor switches of the
// virtual terminal are to wait for that.
#pragma once

#include <ctime>
#include <deque>
#include <filesystem>
#include <optional>
#include <string>

#include "base/work_thread.hpp"
#include "show/screenshot.hpp"

namespace drmshow {

class ScreenshotWriter {
 public:
  /// Throws Error if there can be no thread.
  ScreenshotWriter();
  /// Waits for the one that is being written; others are left out.
  ~ScreenshotWriter() = default;
  ScreenshotWriter(const ScreenshotWriter&) = delete;
  ScreenshotWriter& operator=(const ScreenshotWriter&) = delete;

  /// Named after the time that it is now.
  void add(RgbImage image, const std::filesystem::path& folder, std::string output);
  /// Those that have not been written yet; each is as big as the screen.
  std::size_t waiting() const { return waiting_.size(); }

  /// To poll: readable when one has been written.
  int fd() const { return thread_.fd(); }
  /// Where to; nothing if none has been finished since. Throws Error if it could not be written: it
  /// is left out then.
  std::optional<std::filesystem::path> take_finished();
  /// The same, and waits for it; nothing if there is none to come.
  std::optional<std::filesystem::path> wait_for_one();

 private:
  struct Job {
    RgbImage image;
    std::filesystem::path folder;
    std::string output;
    std::tm time{};
    std::filesystem::path file{};  // written in the thread
  };

  void start();

  std::deque<Job> waiting_;  // the first is the thread's while that is busy
  WorkThread thread_{"screenshots"};
};

}  // namespace drmshow
