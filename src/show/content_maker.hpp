// Reads pictures that keys ask for in a thread: a large one takes seconds, and neither keys nor
// switches of the virtual terminal are to wait for that.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "base/work_thread.hpp"
#include "show/artist.hpp"
#include "show/content.hpp"
#include "show/control.hpp"
#include "show/options.hpp"

namespace drmshow {

/// What one stream is to show, on what.
struct ArtistOrder {
  Spot spot;
  Format format;
  ImageRung rung{};
};

class ContentMaker {
 public:
  using Artists = std::vector<std::unique_ptr<Artist>>;
  struct Made {
    Options options;
    Artists artists;
  };

  /// Throws Error if there can be no thread.
  ContentMaker() = default;

  /// What the CPU draws with these options. Not while busy().
  void start(const Options& options, const Shown& shown, std::vector<ArtistOrder> orders);
  bool busy() const { return thread_.busy(); }
  /// It has been started for this; pausing makes no difference.
  bool is_for(const Shown& shown) const;
  /// From here on it is for nobody: the outputs are others.
  void forget() { forgotten_ = true; }

  /// To poll: readable when it is finished.
  int fd() const { return thread_.fd(); }
  /// Once it is. Throws what making it threw.
  std::optional<Made> take_finished();

 private:
  void make();

  Made job_;  // the thread's while it is busy, with orders_
  std::vector<ArtistOrder> orders_;
  Shown shown_;
  bool forgotten_ = false;
  WorkThread thread_{"read"};  // last: it uses the others
};

}  // namespace drmshow
