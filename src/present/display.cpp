#include "drm-show/display.hpp"

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "drm/ioctl.hpp"
#include "present/display_plan.hpp"
#include "present/kms_surface.hpp"
#include "present/saved_or_own.hpp"
#include "render/cpu/paint.hpp"

namespace drmshow {

class Display::Impl {
 public:
  Impl(const Device& device, const DisplayOptions& options)
      : saved_{device, options.saved}, plan_{device, options, saved_.impl()} {
    surfaces_.reserve(plan_.outputs().size());
    for (const Output& output : plan_.outputs()) {
      surfaces_.push_back(std::make_unique<KmsSurface>(device, output.mode.size(), output.format));
      const std::size_t index = surfaces_.size() - 1;
      showing_.push_back({index, surfaces_[index]->framebuffer()});
      plan_.set_framebuffer(index, showing_[index].fb);
    }
    setter_ = plan_.make_setter();
  }

  void draw(std::size_t index, const Picture& picture) {
    const Size size = plan_.output(index).mode.size();
    if (picture.size() != size) {
      throw Error{Failure::usage,
                  fmt::format("a picture of {}x{} does not fit {}", picture.size().width,
                              picture.size().height, to_string(plan_.output(index).mode))};
    }
    const Surface& surface = *surfaces_[index];
    paint(picture, *surface.mapping(), surface.format());
  }

  void show() {
    const int errnum = setter_->show(showing_, Extras::with);
    if (errnum == 0) return;
    restore();
    throw_device_error(plan_.device(), "cannot set the mode", errnum);
  }

  int restore() noexcept { return saved_.restore(); }
  ~Impl() { restore(); }  // before framebuffers go
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  const DisplayPlan& plan() const { return plan_; }
  const ModeSetter& setter() const { return *setter_; }

 private:
  SavedOrOwn saved_;
  DisplayPlan plan_;
  std::vector<std::unique_ptr<KmsSurface>> surfaces_;
  std::vector<Showing> showing_;
  std::unique_ptr<ModeSetter> setter_;
};

Display::Display(const Device& device, const DisplayOptions& options)
    : impl_{std::make_unique<Impl>(device, options)} {}

Display::~Display() = default;
Display::Display(Display&&) noexcept = default;

std::span<const Output> Display::outputs() const {
  return impl_->plan().outputs();
}
const Output& Display::output(std::size_t index) const {
  return impl_->plan().output(index);
}
std::span<const std::string> Display::notes() const {
  return impl_->plan().notes();
}
Api Display::api() const {
  return impl_->plan().api();
}
std::vector<std::string> Display::describe() const {
  return impl_->setter().describe();
}
void Display::draw(std::size_t index, const Picture& picture) {
  impl_->draw(index, picture);
}
std::optional<Refusal> Display::test() const {
  return impl_->setter().test();
}
void Display::show() {
  impl_->show();
}
int Display::restore() noexcept {
  return impl_->restore();
}

}  // namespace drmshow
