// Outputs and modes as the user wished them, and what comes of that on a device. Pure.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "drm-show/snapshot.hpp"
#include "drm-show/strictness.hpp"
#include "kms/mode_choice.hpp"

namespace drmshow {

class Wishes {
 public:
  /// `names`: of outputs, any if empty. `mode`: for all outputs but those of `output_modes`
  /// ("DP-1:1920x1080"). Throws Error (usage) if a text makes no sense.
  Wishes(std::vector<std::string> names, const std::string& mode,
         std::span<const std::string> output_modes, Strictness strictness);

  /// The outputs to light. Throws Error (no_output) if there is none, or one that is wished for is
  /// not there and must be. `notes` gets what the user may want to know.
  std::vector<const Connector*> outputs(const Snapshot& snapshot,
                                        std::vector<std::string>& notes) const;
  /// Throws Error (mode_refused) if it has no modes, or not the one that must be.
  Mode mode_of(const Connector& connector, std::vector<std::string>& notes) const;

 private:
  struct Wish {
    std::string output;  // any if empty
    std::string text;
    ModeChoice choice;
  };

  void add(const std::string& output, const std::string& text);
  std::vector<std::string> names_there(const Snapshot& snapshot) const;
  void check_modes(const std::vector<const Connector*>& outputs) const;

  std::vector<std::string> names_;
  std::vector<Wish> modes_;  // the one for any output is last
  Strictness strictness_;
};

}  // namespace drmshow
