#include "present/screen.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

namespace drmshow {

Screen::Screen(const DisplayPlan& plan)
    : partial_{plan.api() == Api::legacy}, setter_{plan.make_setter()} {}

int Screen::show(std::span<const Showing> outputs, Extras extras) {
  changed_ = changed_ || partial_;
  const int errnum = setter_->show(outputs, extras);
  if (errnum == 0) changed_ = true;
  return errnum;
}

int Screen::restore() noexcept {
  if (!std::exchange(changed_, false)) return 0;
  try {
    return setter_->restore();
  } catch (const std::system_error& error) {
    return error.code().value();
  } catch (const std::exception&) {
    return ENOMEM;
  }
}

}  // namespace drmshow
