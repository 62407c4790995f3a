#include "session/display_holder.hpp"

#include <algorithm>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <xf86drm.h>

#include "base/process_stat.hpp"
#include "drm-show/error.hpp"
#include "drm-show/fd.hpp"
#include "drm/clients.hpp"
#include "drm/node.hpp"

namespace drmshow {
namespace {

bool is_stopped(int pid) {
  const std::string fields = process_stat(pid);
  return fields.starts_with('T') || fields.starts_with('t');
}

void add_holders_of(const std::filesystem::path& node, std::vector<DisplayHolder>& holders) {
  const UniqueFd device{::open(node.c_str(), O_RDWR | O_CLOEXEC)};
  if (!device || drmIsMaster(device.get())) return;  // whoever opens a free one is its master
  const auto masters = find_masters(node_minor(device.get()));
  const std::string name = node.filename();
  if (!masters || masters->empty()) return holders.push_back({.device = name, .command = {}});
  for (const DrmClient& master : *masters) {
    holders.push_back({name, master.command, master.pid, is_stopped(master.pid)});
  }
}

std::string name_of(const DisplayHolder& holder) {
  if (holder.pid == 0) return "another program";
  return fmt::format("{} (pid {}{})", holder.command, holder.pid,
                     holder.stopped ? ", which is stopped" : "");
}

std::string how_to_end(const DisplayHolder& holder) {
  if (holder.pid == 0) return "Only root is told which one: sudo drm-show --rescue.";
  const std::string first = holder.stopped
                                ? fmt::format("sudo kill -CONT {0}; sudo kill {0}", holder.pid)
                                : fmt::format("sudo kill {}", holder.pid);
  return fmt::format("End it: {}. If that does not help: sudo kill -9 {}.", first, holder.pid);
}

}  // namespace

std::vector<DisplayHolder> find_display_holders() {
  std::vector<DisplayHolder> holders;
  std::vector<std::filesystem::path> nodes;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator{"/dev/dri", error}) {
    if (entry.path().filename().native().starts_with("card")) nodes.push_back(entry.path());
  }
  std::ranges::sort(nodes);
  for (const auto& node : nodes) add_holders_of(node, holders);
  return holders;
}

void refuse_holders(std::span<const DisplayHolder> holders) {
  if (holders.empty()) return;
  std::string what;
  std::string hint;
  for (const DisplayHolder& holder : holders) {
    if (!what.empty()) what += "; ";
    what += fmt::format("the display of {} still is that of {}", holder.device, name_of(holder));
    if (!hint.empty()) hint += '\n';
    hint += how_to_end(holder);
  }
  throw Error{Failure::master_taken, what + ": no text is seen there as long as it lives", hint};
}

}  // namespace drmshow
