#include "show/cables.hpp"

#include "drm-show/error.hpp"
#include "kms/wishes.hpp"

namespace drmshow {
bool operator==(const WantedOutput& a, const WantedOutput& b) {
  return a.connector == b.connector && same_timings(a.mode, b.mode);
}

std::vector<WantedOutput> wanted_outputs(const Snapshot& snapshot, const Options& options) {
  const Wishes wishes{options.outputs, options.mode, options.output_modes, Strictness::adapt};
  std::vector<WantedOutput> wanted;
  std::vector<std::string> notes;
  try {
    for (const Connector* connector : wishes.outputs(snapshot, notes)) {
      wanted.push_back({connector->id, wishes.mode_of(*connector, notes)});
    }
  } catch (const Error&) {
    return {};  // nothing is there, or nothing that offers a mode
  }
  return wanted;
}

}  // namespace drmshow
