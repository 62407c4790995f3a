// What to do when the kernel does not take a commit. Pure: a table of errors and circumstances.
#pragma once

#include <cstdint>
#include <span>

namespace drmshow {

/// What kind of commit it was; the most particular one that applies.
enum class CommitContext : std::uint8_t {
  async_flip,       ///< with DRM_MODE_PAGE_FLIP_ASYNC
  fenced_flip,      ///< with an IN_FENCE_FD
  flip,             ///< nothing but a framebuffer
  special_modeset,  ///< with property settings of the user's
  modeset,          ///< the plain picture
};
inline constexpr int commit_contexts = 5;

enum class CommitStep : std::uint8_t {
  synchronous,     ///< again, without tearing, from now on
  without_fence,   ///< wait for the fence ourselves, then again; from now on
  wait,            ///< again later: something is in the way that goes away by itself
  suspend,         ///< we are not DRM master any more: touch nothing until we are
  set_mode,        ///< the display is not in the state that we think: restate all of it
  without_extras,  ///< again, without the user's property settings
  give_up,         ///< it will not work: restore what was there
};

struct LadderRow {
  int errnum;  ///< 0: any other
  CommitStep steps[commit_contexts];
};
std::span<const LadderRow> commit_ladder();

CommitStep next_step(int errnum, CommitContext context);

}  // namespace drmshow
