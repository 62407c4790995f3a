// No seat at all: ssh, or --no-vt. The display is ours as long as nobody else wants it.
#pragma once

#include "session/seat.hpp"

namespace drmshow {

class NoSeat final : public Seat {
 public:
  UniqueFd open_device(const std::filesystem::path& node) override;
  std::optional<VtState> saved() const override { return std::nullopt; }
  void take() override {}
  bool active() const override { return true; }
  int fd() const override { return -1; }
  SeatEvent read_event() override { return SeatEvent::none; }
  void left() override {}
  void give_back() noexcept override {}
  int keyboard() const override { return -1; }
  std::string name() const override { return "no seat"; }
};

}  // namespace drmshow
