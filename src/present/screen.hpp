// The modes that we set, and the way back to what was there before.
#pragma once

#include <memory>
#include <span>

#include "present/display_plan.hpp"

namespace drmshow {

class Screen {
 public:
  /// Once every output of the plan has a framebuffer. The plan outlives it.
  explicit Screen(const DisplayPlan& plan);
  ~Screen() { restore(); }
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  const ModeSetter& setter() const { return *setter_; }
  /// 0 or an errno. Throws Error if the request cannot be made at all.
  int show(std::span<const Showing> outputs, Extras extras);
  /// 0 or an errno. Does nothing the second time.
  int restore() noexcept;

 private:
  bool partial_;  // legacy: what fails may have changed some outputs
  std::unique_ptr<ModeSetter> setter_;
  bool changed_ = false;  // set by show(), cleared by restore()
};

}  // namespace drmshow
