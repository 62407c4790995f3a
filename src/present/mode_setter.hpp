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
  /// Sets the modes of these outputs, all at once if the driver can, and shows these framebuffers.
  /// 0 or errno.
  virtual int show(std::span<const Showing> outputs, Extras extras) = 0;
  /// 0 or errno. Called after show() was tried, whether it worked or not.
  virtual int restore() = 0;
};

/// `before` and `device` outlive the setter; what `candidates` point to belongs to `before`.
std::unique_ptr<ModeSetter> make_atomic_setter(const Device& device, const Snapshot& before,
                                               std::vector<Candidate> candidates);
std::unique_ptr<ModeSetter> make_legacy_setter(const Device& device, const Snapshot& before,
                                               std::vector<OutputPlan> plans);

}  // namespace drmshow
