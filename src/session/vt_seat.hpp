// A virtual terminal of our own: nobody between the kernel and us.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "session/seat.hpp"
#include "session/vt_number.hpp"
#include "session/vt_signals.hpp"
#include "session/vt_switch.hpp"

namespace drmshow {

class VtSeat final : public Seat, private VtControl {
 public:
  /// The VT that we are on; null if we are on none. Throws Error (usage) if a graphical program has
  /// it, in the background of which we were started.
  static std::unique_ptr<VtSeat> on_own_vt();
  /// A wished one, which take() shows and give_back() leaves again. Throws Error: usage if somebody
  /// uses it, no_permission.
  static std::unique_ptr<VtSeat> on_vt(int number);
  /// The same with one that nobody has open.
  static std::unique_ptr<VtSeat> on_free_vt();

  ~VtSeat() override;  ///< give_back()s it
  VtSeat(const VtSeat&) = delete;
  VtSeat& operator=(const VtSeat&) = delete;

  UniqueFd open_device(const std::filesystem::path& node) override;
  std::optional<VtState> saved() const override { return saved_; }
  /// By the thread that lives longest: the kernel takes the VT away from us when that one ends.
  void take() override;
  bool active() const override;
  int fd() const override { return signals_ ? signals_->fd() : -1; }
  SeatEvent read_event() override;
  void left() override;
  void give_back() noexcept override;
  int keyboard() const override { return vt_.fd.get(); }
  std::string name() const override;

 private:
  /// `console`: /dev/tty0, to give the VT back to the kernel afterwards; none if it was in use.
  VtSeat(OpenVt vt, bool wished, UniqueFd console);

  bool shown() override;
  void release() override;
  void acknowledge() override;

  void set_modes();
  void bring_forward();
  void checked(unsigned long request, unsigned long argument, const char* what);
  void deallocate() noexcept;
  void open_again_if_hung_up();

  OpenVt vt_;
  bool wished_;
  UniqueFd console_;
  VtState saved_;
  std::optional<VtSignals> signals_;  // from take() to give_back()
  VtSwitch switch_{*this};
};

}  // namespace drmshow
