#include "session/vt_seat.hpp"

#include <cerrno>
#include <chrono>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/kd.h>
#include <linux/vt.h>
#include <sys/ioctl.h>

#include "drm-show/error.hpp"
#include "session/privileges.hpp"
#include "session/vt_open.hpp"
#include "session/vt_state.hpp"
#include "session/vt_use.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

constexpr auto switch_limit = 5s;       // a program that lets go needs a frame or two
constexpr auto switch_back_limit = 1s;  // nothing depends on it but that the VT is freed
constexpr auto look_again = 10ms;

// VT_GETSTATE knows of the first 15 only: the others count as used.
bool has_users(int console, int number) {
  vt_stat state{};
  if (number > 15 || ::ioctl(console, VT_GETSTATE, &state) != 0) return true;
  return (state.v_state >> number & 1) != 0;
}

OpenVt open_unused_vt(int number) {
  OpenVt vt = open_vt(number);
  require_text_vt(vt.fd.get(), number);
  require_unused_vt(number);
  return vt;
}

/// True as soon as `reached` is.
template <class Condition>
bool wait_until(Condition reached, std::chrono::milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (!reached()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(look_again);
  }
  return true;
}

vt_mode our_mode() {
  vt_mode ours{};
  ours.mode = VT_PROCESS;
  ours.relsig = VtSignals::release;
  ours.acqsig = VtSignals::acquire;
  return ours;
}

}  // namespace

std::unique_ptr<VtSeat> VtSeat::on_own_vt() {
  auto vt = find_own_vt();
  if (!vt) return nullptr;
  require_text_vt(vt->fd.get(), vt->number);
  return std::unique_ptr<VtSeat>{new VtSeat{std::move(*vt), false, {}}};
}

std::unique_ptr<VtSeat> VtSeat::on_vt(int number) {
  if (auto own = find_own_vt(); own && own->number == number) {
    require_text_vt(own->fd.get(), number);
    return std::unique_ptr<VtSeat>{new VtSeat{std::move(*own), true, {}}};
  }
  UniqueFd console = open_console();
  if (has_users(console.get(), number)) console.reset();
  return std::unique_ptr<VtSeat>{new VtSeat{open_unused_vt(number), true, std::move(console)}};
}

std::unique_ptr<VtSeat> VtSeat::on_free_vt() {
  UniqueFd console = open_console();
  int number = -1;
  if (::ioctl(console.get(), VT_OPENQRY, &number) != 0 || number < 1) {
    throw Error{Failure::usage, "no virtual terminal is free",
                "Choose one that you can do without: --tty N.", 0};
  }
  return std::unique_ptr<VtSeat>{new VtSeat{open_unused_vt(number), true, std::move(console)}};
}

VtSeat::VtSeat(OpenVt vt, bool wished, UniqueFd console)
    : vt_{std::move(vt)}, wished_{wished}, console_{std::move(console)} {
  const auto state = read_vt_state(vt_.fd.get(), vt_.number);
  if (!state) throw_vt_error(fmt::format("{}: cannot read its state", name()), errno);
  saved_ = *state;
  const int shown_now = shown_vt(vt_.fd.get());
  if (wished_ && shown_now != vt_.number) saved_.return_to = shown_now;
}

VtSeat::~VtSeat() {
  give_back();
  vt_.fd.reset();
  deallocate();
}

std::string VtSeat::name() const {
  return fmt::format("VT {}", vt_.number);
}

UniqueFd VtSeat::open_device(const std::filesystem::path& node) {
  return open_node_raised(node);
}

void VtSeat::checked(unsigned long request, unsigned long argument, const char* what) {
  if (::ioctl(vt_.fd.get(), request, argument) == 0) return;
  throw_vt_error(fmt::format("{}: cannot {}", name(), what), errno);
}

void VtSeat::take() {
  signals_.emplace();
  switch_ = VtSwitch{*this};
  try {
    set_modes();
  } catch (...) {
    give_back();
    throw;
  }
  switch_.on_acquire_signal();
}

// VT_PROCESS first: with it, the kernel resets the VT at the next switch if we are dead by then.
// With KD_GRAPHICS alone it would ignore all switches.
void VtSeat::set_modes() {
  vt_mode ours = our_mode();
  if (::ioctl(vt_.fd.get(), VT_SETMODE, &ours) != 0) {
    throw_vt_error(fmt::format("{}: cannot take part in VT switches", name()), errno);
  }
  if (wished_) bring_forward();
  checked(KDSETMODE, KD_GRAPHICS, "set graphics mode");
  // A program that crashed may have left raw keys.
  checked(KDSKBMODE, static_cast<unsigned long>(saved_.keyboard_mode), "set the keyboard's mode");
}

// Not VT_WAITACTIVE, which waits for ever.
void VtSeat::bring_forward() {
  if (shown()) return;
  checked(VT_ACTIVATE, static_cast<unsigned long>(vt_.number), "be shown");
  if (wait_until([this] { return shown(); }, switch_limit)) return;
  const int holder = shown_vt(vt_.fd.get());
  throw Error{
      Failure::master_taken,
      fmt::format("VT {} does not let go of the screen: cannot switch to {}", holder, name()),
      fmt::format("End the program there, or if it has crashed: drm-show --rescue --tty {}",
                  holder)};
}

// The end of the session that our VT belonged to hangs it up: all its descriptors answer EIO. Root
// can open it again; who cannot has to end, or no switch would ever be answered.
void VtSeat::open_again_if_hung_up() {
  if (shown_vt(vt_.fd.get()) != 0) return;
  const UniqueFd anew{::open(vt_path(vt_.number).data(), O_RDWR | O_NOCTTY | O_CLOEXEC)};
  vt_mode ours = our_mode();
  if (anew && ::ioctl(anew.get(), VT_SETMODE, &ours) == 0 &&
      ::dup3(anew.get(), vt_.fd.get(), O_CLOEXEC) >= 0) {
    return;
  }
  throw Error{Failure::device_lost, name() + " was hung up: the session on it has ended", {}};
}

SeatEvent VtSeat::read_event() {
  while (signals_) {
    const auto signal = signals_->read();
    if (!signal) break;
    open_again_if_hung_up();
    const SeatEvent event =
        *signal == VtSignals::release ? switch_.on_release_signal() : switch_.on_acquire_signal();
    if (event != SeatEvent::none) return event;
  }
  return SeatEvent::none;
}

void VtSeat::left() {
  if (switch_.left() && signals_) signals_->knock();
}

void VtSeat::give_back() noexcept {
  if (!signals_) return;
  restore_vt(saved_);
  return_from_vt(saved_);
  signals_.reset();
}

void VtSeat::deallocate() noexcept {
  if (!console_) return;
  const auto is_hidden = [this] { return shown_vt(console_.get()) != vt_.number; };
  if (!wait_until(is_hidden, switch_back_limit)) return;
  // The kernel lets go of a terminal a little after its last descriptor is closed.
  wait_until(
      [this] { return ::ioctl(console_.get(), VT_DISALLOCATE, vt_.number) == 0 || errno != EBUSY; },
      switch_back_limit);
}

// A wished one is not ours before it is shown.
bool VtSeat::active() const {
  if (signals_) return switch_.active();
  return !wished_ && shown_vt(vt_.fd.get()) == vt_.number;
}

bool VtSeat::shown() {
  return shown_vt(vt_.fd.get()) == vt_.number;
}

void VtSeat::release() {
  ::ioctl(vt_.fd.get(), VT_RELDISP, 1);
}

void VtSeat::acknowledge() {
  ::ioctl(vt_.fd.get(), VT_RELDISP, VT_ACKACQ);
}

}  // namespace drmshow
