// How the frames of each output fared, over all presenters that drove it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "drm-show/presenter.hpp"
#include "show/gpu_account.hpp"
#include "show/options.hpp"

namespace drmshow {

class StatsBook {
 public:
  /// Adds what this presenter has to tell. It has ended, or ends now. `accounts`: of the GPUs
  /// that drew for its outputs.
  void add(const Options& options, const Presenter& presenter,
           std::span<const std::optional<GpuAccount>> accounts);
  /// Frames that an output has shown until now.
  std::uint64_t shown(const std::string& output) const;
  /// Prints it all, as --stats asks.
  void print(const Options& options) const;

 private:
  struct Entry {
    std::string output;
    std::string mode;               // the last one
    std::string how;                // likewise, with everything
    std::optional<GpuAccount> gpu;  // the last one, with the waits of all
    OutputStats stats;
  };

  Entry& entry(const std::string& output);
  void print_text() const;
  void print_json() const;

  std::vector<std::unique_ptr<Entry>> entries_;  // large
};

}  // namespace drmshow
