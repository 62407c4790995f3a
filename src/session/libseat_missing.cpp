// Built in place of libseat_seat.cpp where there is no libseat.
#include "drm-show/error.hpp"
#include "session/libseat_seat.hpp"

namespace drmshow {

std::unique_ptr<Seat> open_libseat(LibseatMessages /*messages*/) {
  throw Error{Failure::no_permission, "this drm-show was built without libseat",
              "Install libseat's development files and build again, or say --seat direct."};
}

}  // namespace drmshow
