// A recording in shared memory is gone with the machine's next start. When its writer has died it
// is copied to where it lasts: by the guard, or by drm-show itself after an Error. All that takes
// memory or a look around is done before.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace drmshow {

/// Plain data, for a process that may not allocate. Texts end with a 0.
struct RecordingRescue {
  std::array<char, 512> from{};    ///< the recording; empty: there is none
  std::array<char, 512> folder{};  ///< where it goes; made when it is needed. Empty: nowhere
  std::array<char, 64> name{};     ///< of the file there
  std::array<char, 256> oldest{};  ///< the file there that it replaces; empty: none

  bool wanted() const noexcept { return from[0] != 0; }
};

/// False if it does not fit.
template <std::size_t size>
bool put(std::array<char, size>& to, std::string_view text) noexcept {
  to = {};
  if (text.size() >= size) return false;
  text.copy(to.data(), text.size());
  return true;
}

/// Copies it, with the time of now as that of its writer's death, makes sure that it is on the
/// disk, and removes the one in shared memory. Returns 0, or an errno: then that one is as it was.
/// Nobody else can read the copy. Async-signal-safe.
int save(const RecordingRescue& rescue) noexcept;

}  // namespace drmshow
