#include "session/libseat_seat.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdarg>
#include <cstdio>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/kd.h>
#include <linux/vt.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "drm-show/time.hpp"
#include "session/libseat_error.hpp"
#include "session/libseat_library.hpp"
#include "session/vt_number.hpp"
#include "session/vt_state.hpp"

namespace drmshow {
namespace {

// A manager answers in a few milliseconds. If we are in the background it will not, and that is
// no error.
constexpr std::chrono::milliseconds wait_for_seat{500};

// libseat has one log for the process.
std::string last_message;
bool speaks = false;

[[gnu::format(printf, 2, 0)]] void take_message(libseat_log_level level, const char* format,
                                                va_list arguments) {
  std::array<char, 256> line{};
  std::vsnprintf(line.data(), line.size(), format, arguments);
  if (level == LIBSEAT_LOG_LEVEL_ERROR) last_message = line.data();
  if (speaks) fmt::print(stderr, "drm-show: libseat: {}\n", line.data());
}

void listen_to_messages(const LibseatLibrary& libseat, LibseatMessages messages) {
  speaks = messages == LibseatMessages::spoken;
  last_message.clear();
  libseat.set_log_handler(take_message);
  libseat.set_log_level(speaks ? LIBSEAT_LOG_LEVEL_INFO : LIBSEAT_LOG_LEVEL_ERROR);
}

/// The virtual terminal that we were started on: what managers do to its keyboard, and what nobody
/// does any more if they die, is done here. We may, since it is our controlling terminal.
class OwnConsole {
 public:
  OwnConsole();

  /// Managers turn a terminal's keyboard off (K_OFF), since compositors read /dev/input and the
  /// keys would go to the shell as well. We read the terminal, and Ctrl-Alt-Fn is the kernel's
  /// doing only while its keyboard works: we put it back as it was.
  void put_keyboard_back() const;
  /// To text, and switches as the kernel makes them, if the manager has not done it.
  void put_back_what_is_left() const;
  std::optional<VtState> saved() const { return vt_; }
  /// -1 unless the terminal is another than stdin.
  int fd_besides_stdin() const { return tty_.get(); }

 private:
  UniqueFd tty_;
  std::optional<VtState> vt_;  // stdin or tty_
};

std::optional<VtState> managed_vt(int fd) {
  unsigned device = 0;
  if (::ioctl(fd, TIOCGDEV, &device) != 0) return std::nullopt;
  const auto number = vt_of_device(device);
  if (!number) return std::nullopt;
  auto vt = read_vt_state(fd, *number);
  if (vt) vt->managed = true;
  return vt;
}

OwnConsole::OwnConsole() : vt_{managed_vt(STDIN_FILENO)} {
  if (vt_) return;
  tty_.reset(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
  vt_ = managed_vt(tty_.get());
  if (!vt_) tty_.reset();
}

void OwnConsole::put_keyboard_back() const {
  if (vt_) ::ioctl(vt_->fd, KDSKBMODE, vt_->keyboard_mode);
}

void OwnConsole::put_back_what_is_left() const {
  if (vt_ && text_mode(*vt_) == KD_GRAPHICS) restore_vt(*vt_);
}

struct SeatCloser {
  void operator()(libseat* seat) const noexcept { libseat_library().close_seat(seat); }
};

class LibseatSeat : public Seat {
 public:
  explicit LibseatSeat(LibseatMessages messages);
  ~LibseatSeat() override { LibseatSeat::give_back(); }
  LibseatSeat(const LibseatSeat&) = delete;
  LibseatSeat& operator=(const LibseatSeat&) = delete;

  UniqueFd open_device(const std::filesystem::path& node) override;
  std::optional<VtState> saved() const override { return console_.saved(); }

  int connection() const override { return LibseatSeat::fd(); }

  void take() override { close_forgotten_devices(); }
  bool active() const override { return active_; }
  int fd() const override { return seat_ ? libseat_.get_fd(seat_.get()) : -1; }
  SeatEvent read_event() override;
  void left() override { libseat_.disable_seat(seat_.get()); }
  void give_back() noexcept override;

  int keyboard() const override { return console_.fd_besides_stdin(); }
  std::string name() const override { return name_; }

 private:
  struct OpenDevice {
    int id;  // libseat's
    int fd;  // owned by whoever has the device
    dev_t number;
  };

  static void on_enable(libseat* seat, void* self);
  static void on_disable(libseat* seat, void* self);
  SeatPower power() const;
  void wait_until_active();
  bool read_from_manager();
  void close_forgotten_devices();

  const LibseatLibrary& libseat_;
  OwnConsole console_;  // looked at before the manager changes it
  std::unique_ptr<libseat, SeatCloser> seat_;
  std::string name_;
  bool active_ = false;
  bool manager_is_gone_ = false;
  // The last one: what came before it is no longer true.
  SeatEvent event_ = SeatEvent::none;
  std::vector<OpenDevice> devices_;
};

LibseatSeat::LibseatSeat(LibseatMessages messages) : libseat_{libseat_library()} {
  static constexpr libseat_seat_listener listener{on_enable, on_disable};
  listen_to_messages(libseat_, messages);
  seat_.reset(libseat_.open_seat(&listener, this));
  if (!seat_) throw_no_seat(last_message, errno);
  name_ = fmt::format("{} (libseat)", libseat_.seat_name(seat_.get()));
  wait_until_active();
}

void LibseatSeat::on_enable(libseat* /*seat*/, void* self) {
  auto& seat = *static_cast<LibseatSeat*>(self);
  seat.active_ = true;
  seat.event_ = SeatEvent::enter;
  seat.console_.put_keyboard_back();
}

void LibseatSeat::on_disable(libseat* /*seat*/, void* self) {
  auto& seat = *static_cast<LibseatSeat*>(self);
  seat.active_ = false;
  seat.event_ = SeatEvent::leave;
}

void LibseatSeat::wait_until_active() {
  const Time end = Clock::now() + wait_for_seat;
  while (!active_ && Clock::now() < end) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
    if (libseat_.dispatch(seat_.get(), static_cast<int>(left.count())) < 0)
      throw_no_seat(last_message, errno);
  }
  if (active_) event_ = SeatEvent::none;  // active() says so
}

SeatPower LibseatSeat::power() const {
  const auto vt = console_.saved();
  if (active_) return SeatPower::full;
  return vt && shown_vt(vt->fd) != vt->number ? SeatPower::hidden : SeatPower::none;
}

UniqueFd LibseatSeat::open_device(const std::filesystem::path& node) {
  close_forgotten_devices();  // logind gives each only once
  int fd = -1;
  const int id = libseat_.open_device(seat_.get(), node.c_str(), &fd);
  if (id < 0) {
    const int errnum = errno;
    throw_no_device(node, name_, power(), errnum);
  }
  UniqueFd device{fd};
  ::fcntl(fd, F_SETFD, FD_CLOEXEC);
  struct stat status {};
  ::fstat(fd, &status);
  devices_.push_back({id, fd, status.st_rdev});
  return device;
}

// The manager has a descriptor of its own of each device and makes us its master: of those that
// were only looked at, too.
void LibseatSeat::close_forgotten_devices() {
  std::erase_if(devices_, [&](const OpenDevice& device) {
    struct stat status {};
    if (::fstat(device.fd, &status) == 0 && status.st_rdev == device.number) return false;
    libseat_.close_device(seat_.get(), device.id);
    return true;
  });
}

SeatEvent LibseatSeat::read_event() {
  if (!seat_) return SeatEvent::none;
  if (event_ == SeatEvent::none && !read_from_manager()) {
    manager_is_gone_ = true;
    throw_manager_gone(name_, errno);
  }
  return std::exchange(event_, SeatEvent::none);
}

// libseat 0.7 takes the end of its connection for silence.
bool LibseatSeat::read_from_manager() {
  const int count = libseat_.dispatch(seat_.get(), 0);
  if (count != 0 || event_ != SeatEvent::none) return count >= 0;
  pollfd connection{fd(), 0, 0};
  errno = ECONNRESET;
  return ::poll(&connection, 1, 0) == 0;
}

void LibseatSeat::give_back() noexcept {
  if (!seat_) return;
  for (const OpenDevice& device : devices_) {
    if (!manager_is_gone_) libseat_.close_device(seat_.get(), device.id);
  }
  devices_.clear();
  seat_.reset();
  active_ = false;
  console_.put_back_what_is_left();
}

}  // namespace

std::unique_ptr<Seat> open_libseat(LibseatMessages messages) {
  return std::make_unique<LibseatSeat>(messages);
}

}  // namespace drmshow
