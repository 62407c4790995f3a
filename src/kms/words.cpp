#include "kms/words.hpp"

namespace drmshow {

std::string_view status_word(Connection connection) {
  switch (connection) {
    case Connection::connected:
      return "connected";
    case Connection::disconnected:
      return "disconnected";
    case Connection::unknown:
      break;
  }
  return "unknown";
}

}  // namespace drmshow
