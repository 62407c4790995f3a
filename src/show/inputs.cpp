#include "show/inputs.hpp"

#include <algorithm>

namespace drmshow {

Inputs::Inputs(Console& console) : console_{console} {}

void Inputs::gather(std::vector<pollfd>& fds) const {
  for (const int fd : {signals_.fd(), console_.seat().fd(), uevents_.fd(), sleep_.fd(),
                       console_.guard_fd(), continued_.fd()}) {
    fds.push_back({fd, POLLIN, 0});
  }
  for (const auto& terminal : console_.terminals()) fds.push_back({terminal->fd(), POLLIN, 0});
}

// The seat is asked by whoever knows what to do about it.
News Inputs::read(std::span<const pollfd> fds) {
  News news;
  news.end = fds[signals].revents != 0;
  news.seat = fds[seat].revents != 0;
  if (fds[cables].revents != 0) {
    while (const auto event = uevents_.next()) {
      news.removed = news.removed || (event->action == "remove" &&
                                      event->node == console_.device().node().native());
      news.cables = news.cables || event->hotplug;
    }
  }
  news.slept = fds[sleep].revents != 0 && sleep_.has_slept();
  news.guard_died = fds[guard].revents != 0;
  if (fds[continued].revents != 0) {
    continued_.read();
    for (const auto& terminal : console_.terminals()) terminal->continued();
  }
  for (std::size_t i = 0; i < console_.terminals().size(); ++i) {
    if (fds[terminals + i].revents != 0) console_.terminals()[i]->read();
  }
  return news;
}

std::optional<KeyPress> Inputs::next_key() {
  console_.take_terminals();
  for (const auto& terminal : console_.terminals()) {
    while (const auto key = terminal->next_key()) {
      if (console_.takes_keys()) return key;
    }
  }
  return std::nullopt;
}

Time Inputs::deadline() const {
  Time first = Time::max();
  for (const auto& terminal : console_.terminals()) {
    first = std::min(first, terminal->deadline().value_or(Time::max()));
  }
  return first;
}

}  // namespace drmshow
