// The two ways to set modes, behind one small interface: atomic (everything at once, can be tested
// first) and legacy (one CRTC at a time).
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "drm-show/display.hpp"
#include "kms/blame.hpp"
#include "present/saved_screen_impl.hpp"

namespace drmshow {

/// A candidate by its place in the list, and what is on it.
struct Showing {
  std::size_t output = 0;
  FramebufferId fb;
};

/// Whether the user's property settings are part of it.
enum class Extras { with, without };

class ModeSetter {
 public:
  virtual ~ModeSetter() = default;

  virtual std::vector<std::string> describe() const = 0;
  /// nullopt if the driver accepts it, or cannot be asked.
  virtual std::optional<Refusal> test() const = 0;
  /// The same without the reasons.
  virtual bool would_work() const = 0;
  /// Sets the modes of these outputs, all at once if the driver can, and shows these framebuffers.
  /// 0 or errno.
  virtual int show(std::span<const Showing> outputs, Extras extras) = 0;
  /// The output goes dark. 0 or errno.
  virtual int turn_off(std::size_t output) = 0;
};

/// What a setter needs, all of which outlives it.
struct SetterContext {
  const Device& device;
  const Snapshot& now;       ///< what the candidates point to, and requests start from
  SavedScreen::Impl& saved;  ///< told of each change
};

std::unique_ptr<ModeSetter> make_atomic_setter(SetterContext context,
                                               std::vector<Candidate> candidates);
std::unique_ptr<ModeSetter> make_legacy_setter(SetterContext context,
                                               std::vector<OutputPlan> plans);

}  // namespace drmshow
