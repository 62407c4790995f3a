// The two ways to set modes, behind one small interface: atomic (everything at once, can be tested
// first) and legacy (one CRTC at a time).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "drm-show/display.hpp"
#include "kms/blame.hpp"

namespace drmshow {

class ModeSetter {
 public:
  virtual ~ModeSetter() = default;

  virtual std::vector<std::string> describe() const = 0;
  /// nullopt if the driver accepts it, or cannot be asked.
  virtual std::optional<Refusal> test() const = 0;
  /// 0 or errno.
  virtual int show() = 0;
  /// 0 or errno. Called after show() was tried, whether it worked or not.
  virtual int restore() = 0;
};

/// `before` and `device` outlive the setter; what `candidates` point to belongs to `before`.
std::unique_ptr<ModeSetter> make_atomic_setter(const Device& device, const Snapshot& before,
                                               std::vector<Candidate> candidates);
std::unique_ptr<ModeSetter> make_legacy_setter(const Device& device, const Snapshot& before,
                                               std::vector<OutputPlan> plans);

}  // namespace drmshow
