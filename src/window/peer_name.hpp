// Who is at the other end of a socket.
#pragma once

#include <string>

namespace drmshow {

/// The name of the process ("weston"), as far as the kernel tells; else "compositor".
std::string peer_name(int socket);

}  // namespace drmshow
