// Privileges are for opening devices: afterwards they go.
#pragma once

namespace drmshow {

/// What is still needed once device and terminal are open.
struct NeededPrivileges {
  /// CAP_SYS_TTY_CONFIG: our VT is not our controlling terminal (--tty).
  bool vt = false;
  /// CAP_SYS_ADMIN: the device has not been ours yet. Who was DRM master before, by the same open
  /// file and in the same process, becomes it again without any privilege (drm_auth.c).
  bool master = false;
  /// CAP_DAC_OVERRIDE: files of other users are still to be opened. Without it, uid 0 is a user
  /// like any other, who however owns most of the system's files.
  bool files = false;
};

/// Whoever was started by a user as set-uid root is that user from here on. All capabilities but
/// the needed ones go, for good, and no program that we start can have more. A guard keeps what it
/// had when it was started. Call it while there is one thread: it is about the calling one. Throws
/// Error (unexpected) if there was something to drop and it could not be.
void drop_privileges(const NeededPrivileges& needed = {});

}  // namespace drmshow
