#include "present/undo.hpp"

#include <algorithm>
#include <cerrno>

#include "base/as_errno.hpp"
#include "drm/ioctl.hpp"
#include "kms/commit.hpp"

namespace drmshow {
namespace {

constexpr int retries = 3;

bool is_transient(int errnum) {
  return errnum == ENOMEM || errnum == EBUSY;
}

// Adds what is not there yet: only the first value that was changed matters. True if anything was.
bool add_new(AtomicRequest& to, const AtomicRequest& from) {
  const std::size_t count = to.writes().size();
  to.add(from);
  return to.writes().size() > count;
}

bool same_objects(const AtomicRequest& a, const AtomicRequest& b) {
  return !a.writes().empty() && !b.writes().empty() &&
         a.writes().front().object == b.writes().front().object;
}

}  // namespace

bool Undo::add(const AtomicRequest& change, std::span<const AtomicRequest> parts) {
  for (const AtomicRequest& part : parts) {
    const auto same =
        std::ranges::find_if(parts_, [&](const auto& old) { return same_objects(old, part); });
    if (same == parts_.end()) {
      parts_.push_back(part);
    } else {
      same->add(part);
    }
  }
  return add_new(change_, change);
}

bool Undo::add(LegacyChange change) {
  if (std::ranges::find(legacy_, change) != legacy_.end()) return false;
  legacy_.push_back(change);
  return true;
}

int Undo::go() const {
  const int errnum = change_.empty() ? 0 : go_atomic();
  return errnum != 0 || legacy_.empty() ? errnum : go_legacy();
}

int Undo::go_atomic() const {
  AtomicRequest undo = undo_request(before_, change_);
  int errnum = try_commit(undo);
  if (errnum == ENOENT) {
    undo = of_what_is_there(undo);
    errnum = try_commit(undo);
  }
  for (int i = 0; i < retries && is_transient(errnum); ++i) errnum = try_commit(undo);
  if (errnum == 0 || errnum == EACCES || errnum == ENODEV) return errnum;
  for (const AtomicRequest& part : parts_) go_alone(part);
  return errnum;
}

// Without connectors that have gone meanwhile, with the dock that they were on.
AtomicRequest Undo::of_what_is_there(const AtomicRequest& request) const {
  const Snapshot now = take_snapshot(device_, ProbePolicy::current);
  AtomicRequest kept;
  for (const PropertyWrite& write : request.writes()) {
    const bool gone =
        write.object.type == ObjectType::connector && !now.find(ConnectorId{write.object.id});
    if (!gone) kept.add(write);
  }
  return kept;
}

// When not all can come back at once: what can does. If this output's previous framebuffer is gone,
// or the driver will not go back to it, it goes dark. The kernel then brings its console back when
// the device is closed.
void Undo::go_alone(const AtomicRequest& part) const {
  if (try_commit(undo_request(before_, part)) == 0) return;
  static_cast<void>(try_commit(dark_request(before_, part)));
}

int Undo::try_commit(const AtomicRequest& request) const {
  return as_errno([&] { return commit(device_, request, CommitKind::modeset); });
}

int Undo::go_legacy() const {
  int first_error = 0;
  for (const CrtcState& state : states_to_restore(before_, legacy_)) {
    drm_mode_crtc request = request_of(state);
    const int errnum = try_ioctl(device_.fd(), DRM_IOCTL_MODE_SETCRTC, &request);
    if (first_error == 0) first_error = errnum;
  }
  return first_error;
}

bool Undo::write(WayBack& way, std::vector<Blob>& blobs) const {
  CommitArrays back{device_, undo_request(before_, change_)};
  const CommitArrays dark{device_, dark_request(before_, change_)};
  if (!back.copy_to(way.commit) || !dark.copy_to(way.dark)) return false;
  blobs = std::move(back.blobs);
  const auto states = states_to_restore(before_, legacy_);
  way.crtc_count = static_cast<std::uint32_t>(states.size());
  if (states.size() > way.crtcs.size()) return false;
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (!copy_to(states[i], way.crtcs[i])) return false;
  }
  return true;
}

}  // namespace drmshow
