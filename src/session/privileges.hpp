// Privileges are for opening devices and terminals: afterwards they go, before any file of
// strangers is read and before there are other threads, which would keep them.
//
//   lay_privileges_aside();                         // first of all, in main()
//   { const PrivilegesRaised raised; open(…); }     // a device, a terminal
//   drop_privileges({.vt = …});                     // all is open, nothing is shown yet
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>

#include "drm-show/fd.hpp"

namespace drmshow {

/// Rights to files that root alone has: uid 0 without them is a user like any other, who however
/// owns most of the system's files.
enum class FileRights : std::uint8_t {
  none,
  read,  ///< CAP_DAC_READ_SEARCH
  all,   ///< CAP_DAC_OVERRIDE
};

/// What is still needed once device and terminal are open.
struct NeededPrivileges {
  /// CAP_SYS_TTY_CONFIG: our VT is not our controlling terminal (--tty).
  bool vt = false;
  /// CAP_SYS_ADMIN: the device has not been ours yet. Who was DRM master before, by the same open
  /// file and in the same process, becomes it again without any privilege (drm_auth.c).
  bool master = false;
  /// Files of other users are still to be opened.
  FileRights files = FileRights::none;
};

/// Whether the kernel gives master back to who had it without a privilege: Linux 5.8 and later. By
/// its release, as of uname(2). Pure.
bool gives_master_back(const char* release);

/// First of all: what a set-uid or set-gid program or one with file capabilities has beyond its
/// user is not in effect from here on, but where PrivilegesRaised says so. Does nothing for others,
/// root among them. Throws Error (unexpected).
void lay_privileges_aside();
/// They were, and have not been dropped since.
bool privileges_are_laid_aside();

/// Privileges that were laid aside are in effect while it lives. While there is one thread.
class PrivilegesRaised {
 public:
  PrivilegesRaised();
  /// Lays them aside again, and leaves errno alone; ends the program if that cannot be.
  ~PrivilegesRaised();
  PrivilegesRaised(const PrivilegesRaised&) = delete;
  PrivilegesRaised& operator=(const PrivilegesRaised&) = delete;

 private:
  bool raised_;
};

/// A DRM node, with privileges that were laid aside: other files are opened without. Throws Error:
/// no_device, no_permission.
UniqueFd open_node_raised(const std::filesystem::path& node);

/// What root still needs to open these once its privileges are gone. Whose privileges were laid
/// aside needs none: they are not for files. `folder`: written into.
FileRights needed_file_rights(std::span<const std::filesystem::path> read,
                              const std::optional<std::filesystem::path>& folder);

/// Whoever was started by a user as set-uid root is that user from here on. All capabilities but
/// the needed ones go, for good, and no program that we start can have more. A guard keeps what it
/// had when it was started, and one that is started later may still spare itself from the kernel
/// when memory runs out. Call it while there is one thread: it is about the calling one. Throws
/// Error (unexpected) if there was something to drop and it could not be.
void drop_privileges(const NeededPrivileges& needed = {});

/// For a guard, between fork and exit: what was laid aside is in effect, for good; and becomes the
/// user with nothing beyond, which was laid aside or not. System calls only. False if it could not
/// be.
bool raise_privileges_for_good() noexcept;
bool be_only_the_user() noexcept;

}  // namespace drmshow
