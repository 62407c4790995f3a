#include "show/console.hpp"

#include <utility>

#include <fmt/format.h>
#include <sys/utsname.h>
#include <termios.h>
#include <unistd.h>

#include "drm-show/error.hpp"
#include "drm-show/snapshot.hpp"
#include "kms/kernel_log.hpp"
#include "present/saved_screen_impl.hpp"
#include "session/seat_choice.hpp"
#include "show/messages.hpp"

namespace drmshow {
namespace {

SeatWishes seat_wishes(const Options& options) {
  const bool verbose = options.verbosity == Verbosity::verbose;
  SeatWishes wishes{.policy = options.seat,
                    .tty = {},
                    .no_vt = !options.vt,
                    .messages = verbose ? LibseatMessages::spoken : LibseatMessages::silent};
  if (options.tty) {
    const auto kind = *options.tty == 0 ? TtyWish::Kind::free : TtyWish::Kind::number;
    wishes.tty = {kind, *options.tty};
  }
  return wishes;
}

// With --wait, a device whose outputs are all unplugged will do.
Device open_device(const Options& options, Seat& seat) {
  const NodeOpener opener = [&](const std::filesystem::path& node) {
    return seat.open_device(node);
  };
  try {
    return Device::open(options.device, opener);
  } catch (const Error& error) {
    if (!options.wait || error.failure() != Failure::no_output) throw;
  }
  for (const DeviceInfo& info : list_devices()) {
    try {
      Device device{opener(info.node), info.node};
      static_cast<void>(take_snapshot(device, ProbePolicy::current));
      return device;
    } catch (const Error&) {
      continue;  // it only renders, or is not for us
    }
  }
  throw Error{Failure::no_device, "no DRM device can drive a display", {}};
}

bool gets_master_back() {
  utsname names{};
  return ::uname(&names) != 0 || gives_master_back(names.release);
}

// Those that are named; what they refer to lies beside them.
std::vector<std::filesystem::path> files_to_read(const Options& options) {
  auto files = options.files;
  for (const auto& file : {std::filesystem::path{options.vulkan.shader}, options.vulkan.model,
                           options.vulkan.texture}) {
    if (!file.empty()) files.push_back(file);
  }
  return files;
}

// Where a key may put screenshots.
std::optional<std::filesystem::path> folder_to_write(const Options& options) {
  if (!options.keys) return std::nullopt;
  return options.screenshot_dir.value_or(".");
}

}  // namespace

Console::Console(const Options& options, const FlightRecording& recording)
    : options_{options},
      recording_{recording},
      seat_{make_seat(seat_wishes(options))},
      device_{open_device(options, *seat_)} {
  const int keyboard = seat_->keyboard();
  if (!is_same_terminal(STDIN_FILENO, keyboard)) {
    terminals_.push_back(std::make_unique<Terminal>(STDIN_FILENO));
  }
  if (keyboard >= 0) {
    terminals_.push_back(std::make_unique<Terminal>(keyboard, TerminalUse::chosen));
  }
}

Console::~Console() {
  give_back();
}

SavedScreen& Console::saved() {
  if (saved_) return *saved_;
  saved_.emplace(*device_);
  if (guard_) saved_->impl().set_keeper(&*guard_);
  // Who was master once needs no privilege to become it again.
  if (keeps_master_right_) give_up_privileges();
  return *saved_;
}

const Snapshot& Console::look_ahead() {
  return *saved().impl().look_ahead();
}

const Snapshot& Console::look_anew() {
  saved().impl().look_away();
  return look_ahead();
}

void Console::let_go_of_screen() noexcept {
  if (saved_) saved_->let_go();
}

void Console::take_screen_back() {
  if (!saved_) {
    static_cast<void>(saved());
  } else if (!saved_->ours()) {
    saved_->take_back();
  }
}

void Console::take() {
  seat_->take();
  for (const auto& terminal : terminals_) terminal->take();
  taken_ = true;
}

void Console::give_up_privileges() {
  KernelLog::open_ahead();
  const NeededPrivileges needed = needed_privileges();
  drop_privileges(needed);
  keeps_master_right_ = needed.master && !saved_;
  if (!keeps_master_right_) start_watch();
}

NeededPrivileges Console::needed_privileges() const {
  const auto vt = seat_->saved();
  const bool has_been_master = saved_ || device_->master_state() == MasterState::master;
  return {.vt = vt && ::tcgetsid(vt->fd) != ::getsid(0),
          .master = !has_been_master || !gets_master_back(),
          .files = needed_file_rights(files_to_read(options_), folder_to_write(options_))};
}

Console::Lent::Lent(Console& console)
    : console_{console},
      lent_{!console.taken_ && console.seat_->saved() && console.seat_->active() &&
            gets_master_back()} {
  if (lent_) console_.device_->drop_master();
}

Console::Lent::~Lent() {
  try {
    end();
  } catch (const Error&) {
    return;  // whoever let it come to this has another reason to end
  }
}

void Console::Lent::end() {
  if (!std::exchange(lent_, false)) return;
  if (!console_.seat_->active()) {
    throw Error{
        Failure::master_taken, console_.seat_->name() + " is not in the foreground any more", {}};
  }
  console_.device_->become_master();
}

// Somebody who cannot have a guard still wants a picture.
void Console::start_guard() {
  std::vector<TtySettings> settings;
  for (const auto& terminal : terminals_) {
    if (terminal->saved().fd >= 0) settings.push_back(terminal->saved());
  }
  try {
    guard_.emplace(device_->fd(), seat_->saved(), settings, recording_.rescue(),
                   seat_->connection());
    if (saved_) saved_->impl().set_keeper(&*guard_);
  } catch (const Error& error) {
    say_note(
        fmt::format("{}: if drm-show is killed, nobody brings the console back", error.what()));
  }
}

// Without a thread the main loop does it.
void Console::start_watch() {
  if (!guard_ || watch_) return;
  try {
    watch_.emplace(*guard_);
  } catch (const Error&) {
    return;
  }
}

int Console::guard_fd() const {
  if (watch_) return watch_->fd();
  return guard_ ? guard_->fd() : -1;
}

void Console::look_after_guard() {
  if (!guard_) return;
  const bool alive = watch_ ? watch_->read_news() : guard_->restart();
  say_note(alive ? "the process that guards the console was killed: there is another"
                 : "the process that guards the console was killed, and there can be no other for "
                   "now: if drm-show is killed, nobody brings the console back");
}

void Console::take_terminals() {
  for (const auto& terminal : terminals_) {
    if (!terminal->is_found()) continue;
    if (guard_) guard_->keep(terminal->saved());
    terminal->take();
  }
}

bool Console::has_keys() const {
  if (!takes_keys()) return false;
  for (const auto& terminal : terminals_) {
    if (terminal->active()) return true;
  }
  return false;
}

// Master goes before the VT: whoever is shown then wants it. The guard is dismissed last: it may
// still have to do what we do not come to.
int Console::give_back() noexcept {
  const int errnum = saved_ ? saved_->restore() : 0;
  device_->drop_master();
  for (const auto& terminal : terminals_) terminal->give_back();
  seat_->give_back();
  watch_.reset();
  if (guard_) guard_->dismiss();
  return errnum;
}

}  // namespace drmshow
