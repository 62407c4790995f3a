// The words of --overlay: which output, how fast, how late.
#pragma once

#include <cstdint>
#include <string>

#include "drm-show/presenter.hpp"
#include "render/cpu/hud.hpp"

namespace drmshow {

class HudText {
 public:
  static constexpr int lines = 3;

  HudText(const Presenter& presenter, std::size_t output);

  /// What to say on frame `number`, drawn now. Allocates nothing.
  void write(HudPanel& hud, std::uint64_t number, Time now);

 private:
  const Presenter& presenter_;
  std::size_t output_;
  std::string title_;
  // The rate, over the last while; set anew once that has passed.
  Time counted_at_{};
  std::uint64_t counted_ = 0;
  double rate_ = 0;
};

}  // namespace drmshow
