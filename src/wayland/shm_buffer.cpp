#include "wayland/shm_buffer.hpp"

#include <cerrno>
#include <limits>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include "drm-show/error.hpp"
#include "wayland/wayland_client.hpp"

namespace drmshow {
namespace {

constexpr std::size_t shm_bytes_per_pixel = 4;

[[noreturn]] void throw_no_shm(Size size, int errnum) {
  throw Error{Failure::unexpected,
              fmt::format("no memory for a window of {}x{} pixels", size.width, size.height),
              "A smaller window may do.", errnum};
}

std::size_t shm_pitch(Size size) {
  return static_cast<std::size_t>(size.width) * shm_bytes_per_pixel;
}

std::size_t shm_length(Size size) {
  const auto length = shm_pitch(size) * static_cast<std::size_t>(size.height);
  // wl_shm counts bytes as int.
  if (size.empty() || length > std::numeric_limits<std::int32_t>::max()) {
    throw_no_shm(size, EOVERFLOW);
  }
  return length;
}

/// All pages are there from the start, so that nobody who touches them meets SIGBUS, and nobody can
/// take them away.
UniqueFd make_shared_memory(Size size) {
  UniqueFd memory{::memfd_create("drm-show", MFD_CLOEXEC | MFD_ALLOW_SEALING)};
  if (!memory) throw_no_shm(size, errno);
  const auto length = static_cast<off_t>(shm_length(size));
  if (const int errnum = ::posix_fallocate(memory.get(), 0, length)) throw_no_shm(size, errnum);
  if (::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
    throw_no_shm(size, errno);
  }
  return memory;
}

std::uint32_t shm_code(const WaylandGlobals& globals, Format format) {
  if (!globals.shm()) {
    throw Error{Failure::compositor, "the compositor offers no shared memory (wl_shm)",
                "Every compositor should. A GPU's memory may do: --render vulkan."};
  }
  if (!globals.takes_shm(format)) {
    throw Error{Failure::compositor,
                "the compositor takes no " + to_string(format) + " in shared memory"};
  }
  // The two that every compositor takes have numbers of their own; the other one has alpha.
  if (format == formats::xrgb8888) return WL_SHM_FORMAT_XRGB8888;
  return format.fourcc();
}

wl_buffer* make_wl_buffer(const WaylandGlobals& globals, Size size, Format format, int memory) {
  const std::uint32_t code = shm_code(globals, format);
  wl_shm_pool* const pool =
      wl_shm_create_pool(globals.shm(), memory, static_cast<std::int32_t>(shm_length(size)));
  wl_buffer* const buffer = wl_shm_pool_create_buffer(
      pool, 0, size.width, size.height, static_cast<std::int32_t>(shm_pitch(size)), code);
  wl_shm_pool_destroy(pool);  // the buffer keeps it
  return buffer;
}

}  // namespace

ShmBuffer::ShmBuffer(const WaylandGlobals& globals, Size size, Format format, std::uint64_t cookie,
                     WindowEvents& events)
    : size_{size},
      memory_{make_shared_memory(size)},
      mapping_{memory_, size, shm_pitch(size)},
      buffer_{make_wl_buffer(globals, size, format, memory_.get()), cookie, events} {}

}  // namespace drmshow
