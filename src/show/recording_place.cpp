#include "show/recording_place.hpp"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include "record/shared_file.hpp"
#include "record/state_folder.hpp"

namespace drmshow {
namespace {

constexpr std::size_t most_kept = 10;

// By age: their names begin with the time.
std::vector<std::string> recordings_in(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator{folder, error}) {
    std::string name = entry.path().filename().string();
    if (name.starts_with(recording_prefix)) names.push_back(std::move(name));
  }
  std::ranges::sort(names);
  return names;
}

std::string name_of_now() {
  const std::time_t now = std::time(nullptr);
  return fmt::format("{}{:%Y%m%d-%H%M%S}.{}", recording_prefix, fmt::gmtime(now), ::getpid());
}

const char* variable(const char* name) {
  return std::getenv(name);  // NOLINT(concurrency-mt-unsafe): there is one thread yet
}

}  // namespace

std::string recording_folder(const StateSurroundings& surroundings) {
  const std::string_view all = surroundings.state_directory ? surroundings.state_directory : "";
  if (all.starts_with('/')) {
    return std::string{all.substr(0, all.find(':'))};
  }
  if (surroundings.root) return system_state_folder;
  return user_state_folder(surroundings.xdg_state_home, surroundings.home);
}

std::string recording_folder() {
  return recording_folder({.root = ::getuid() == 0,
                           .state_directory = variable("STATE_DIRECTORY"),
                           .xdg_state_home = variable("XDG_STATE_HOME"),
                           .home = variable("HOME")});
}

RecordingRescue prepare_rescue(const std::string& recording, const std::string& folder) {
  RecordingRescue rescue;
  if (!put(rescue.from, recording) || !put(rescue.name, name_of_now())) return {};
  if (!put(rescue.folder, folder)) return rescue;
  const auto names = recordings_in(folder);
  std::error_code ignored;
  const std::size_t surplus = names.size() > most_kept ? names.size() - most_kept : 0;
  for (std::size_t i = 0; i < surplus; ++i) {
    std::filesystem::remove(std::filesystem::path{folder} / names[i], ignored);
  }
  if (names.size() >= most_kept) static_cast<void>(put(rescue.oldest, names[surplus]));
  return rescue;
}

}  // namespace drmshow
