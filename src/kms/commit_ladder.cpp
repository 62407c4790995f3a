#include "kms/commit_ladder.hpp"

#include <cerrno>

namespace drmshow {
namespace {

using enum CommitStep;

// Where drivers differ, the row says which one it is for.
constexpr LadderRow ladder[] = {
    // async_flip, fenced_flip, flip, special_modeset, modeset
    // A flip to that CRTC is pending, or (drm_atomic_helper_setup_commit) a modeset of another one.
    {EBUSY, {wait, wait, wait, wait, wait}},
    // Locks taken in another order by somebody else; the kernel should have retried.
    {EDEADLK, {wait, wait, wait, wait, wait}},
    // Memory of the kernel's own: nothing that we hold helps, a moment later it may be there.
    {ENOMEM, {wait, wait, wait, wait, wait}},
    // The VT was switched, or another program was made master (drm_ioctl_permit).
    {EACCES, {suspend, suspend, suspend, suspend, suspend}},
    // NVIDIA before 560 refuses IN_FENCE_FD in this way.
    {EPERM, {synchronous, without_fence, give_up, give_up, give_up}},
    // Tearing is refused for all kinds of reasons (another property, format, modifier, plane). A
    // plain flip that is refused means that the CRTC is off or somebody has changed it.
    {EINVAL, {synchronous, without_fence, set_mode, without_extras, give_up}},
    {ERANGE, {synchronous, set_mode, set_mode, without_extras, give_up}},
    {ENOENT, {synchronous, set_mode, set_mode, without_extras, give_up}},
    {EOPNOTSUPP, {synchronous, without_fence, set_mode, without_extras, give_up}},
    // Bandwidth, or memory of the display's own.
    {ENOSPC, {synchronous, set_mode, set_mode, without_extras, give_up}},
    // Gone (ENODEV: unplugged; EIO: wedged), and all that we do not know.
    {0, {give_up, give_up, give_up, give_up, give_up}},
};

}  // namespace

std::span<const LadderRow> commit_ladder() {
  return ladder;
}

CommitStep next_step(int errnum, CommitContext context) {
  const LadderRow* row = ladder;
  while (row->errnum != errnum && row->errnum != 0) ++row;
  return row->steps[static_cast<int>(context)];
}

}  // namespace drmshow
