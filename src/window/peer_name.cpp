#include "window/peer_name.hpp"

#include <fstream>

#include <fmt/format.h>
#include <sys/socket.h>

namespace drmshow {

std::string peer_name(int socket) {
  ucred peer{};
  socklen_t length = sizeof peer;
  std::string name;
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && peer.pid > 0) {
    std::ifstream file{fmt::format("/proc/{}/comm", peer.pid)};
    std::getline(file, name);
  }
  return name.empty() ? "compositor" : name;
}

}  // namespace drmshow
