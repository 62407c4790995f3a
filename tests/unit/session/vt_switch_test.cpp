#include "session/vt_switch.hpp"

#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace drmshow {
namespace {

// The kernel's side of a VT (vt_ioctl.c): is it shown, does a switch wait for us, which signals are
// pending. Signals of one kind are one, and the smaller number is read first: release.
class Kernel final : public VtControl {
 public:
  explicit Kernel(bool is_shown) : shown_{is_shown} {}

  bool shown() override { return shown_; }
  void release() override {
    if (!waiting_) return;  // EINVAL
    waiting_ = false;
    shown_ = false;
  }
  void acknowledge() override { release(); }

  bool waiting() const { return waiting_; }
  void ask_for_another_vt() {
    if (!shown_) return;
    waiting_ = true;
    release_pending = true;
  }
  void come_back() {
    if (shown_) return;
    shown_ = true;
    acquire_pending = true;
  }
  void cancel() { waiting_ = false; }  // VT_SETMODE or VT_RELDISP 0 by somebody else

  bool release_pending = false;
  bool acquire_pending = false;

 private:
  bool shown_;
  bool waiting_ = false;
};

enum class Step { away, back, cancel, false_release, false_acquire, read, left };
constexpr std::array steps{Step::away,          Step::back, Step::cancel, Step::false_release,
                           Step::false_acquire, Step::read, Step::left};

// A program with its VT, and what must be true of both after whatever steps.
class World {
 public:
  explicit World(bool is_shown) : kernel_{is_shown} {
    switch_.on_acquire_signal();  // take()
    drawing_ = switch_.active();
  }

  void take(Step step) {
    switch (step) {
      case Step::away:
        return kernel_.ask_for_another_vt();
      case Step::back:
        return kernel_.come_back();
      case Step::cancel:
        return kernel_.cancel();
      case Step::false_release:
        kernel_.release_pending = true;
        return;
      case Step::false_acquire:
        kernel_.acquire_pending = true;
        return;
      case Step::read:
        return read();
      case Step::left:
        return say_left();
    }
  }

  // A program that does what it is asked for.
  void settle() {
    for (int i = 0; i < 20 && (kernel_.release_pending || kernel_.acquire_pending || asked_); ++i) {
      if (asked_) say_left();
      read();
    }
  }

  std::string fault() const {
    if (drawing_ != switch_.active()) return "active() is not what the events said";
    if (drawing_ && !Kernel{kernel_}.shown()) return "draws on somebody else's display";
    return {};
  }

  std::string fault_at_rest() {
    if (kernel_.release_pending || kernel_.acquire_pending || asked_) return "never comes to rest";
    if (kernel_.waiting()) return "a switch hangs";
    if (kernel_.shown() && !switch_.active()) return "left suspended";
    return {};
  }

 private:
  void read() {
    SeatEvent event = SeatEvent::none;
    if (kernel_.release_pending) {
      kernel_.release_pending = false;
      event = switch_.on_release_signal();
    } else if (kernel_.acquire_pending) {
      kernel_.acquire_pending = false;
      event = switch_.on_acquire_signal();
    }
    if (event == SeatEvent::leave) asked_ = true;
    if (event == SeatEvent::enter) drawing_ = true;
  }

  void say_left() {
    asked_ = false;
    drawing_ = false;
    if (switch_.left()) kernel_.acquire_pending = true;
  }

  Kernel kernel_;
  VtSwitch switch_{kernel_};
  bool drawing_ = false;  // believes that the display is its own
  bool asked_ = false;    // to leave
};

std::string words(const std::vector<Step>& trace) {
  constexpr std::array names{"away",          "back", "cancel", "false release",
                             "false acquire", "read", "left"};
  std::string text;
  for (const Step step : trace) text += std::string{names[static_cast<std::size_t>(step)]} + ", ";
  return text;
}

std::string fault_of(bool is_shown, const std::vector<Step>& trace) {
  World world{is_shown};
  for (const Step step : trace) {
    world.take(step);
    if (const std::string fault = world.fault(); !fault.empty()) return fault;
  }
  world.settle();
  const std::string fault = world.fault();
  return fault.empty() ? world.fault_at_rest() : fault;
}

void expect_no_fault(bool is_shown, std::vector<Step>& trace, std::size_t depth) {
  const std::string fault = fault_of(is_shown, trace);
  ASSERT_EQ(fault, "") << "after: " << words(trace);
  if (trace.size() == depth) return;
  for (const Step step : steps) {
    trace.push_back(step);
    expect_no_fault(is_shown, trace, depth);
    if (::testing::Test::HasFatalFailure()) return;
    trace.pop_back();
  }
}

constexpr std::size_t depth = 7;  // a million traces

TEST(VtSwitch, IsRightAfterEverySequenceInTheForeground) {
  std::vector<Step> trace;
  expect_no_fault(true, trace, depth);
}

TEST(VtSwitch, IsRightAfterEverySequenceInTheBackground) {
  std::vector<Step> trace;
  expect_no_fault(false, trace, depth);
}

TEST(VtSwitch, LeavesAndComesBack) {
  Kernel kernel{true};
  VtSwitch seat{kernel};
  EXPECT_FALSE(seat.active());
  EXPECT_EQ(seat.on_acquire_signal(), SeatEvent::enter);
  kernel.ask_for_another_vt();
  EXPECT_EQ(seat.on_release_signal(), SeatEvent::leave);
  EXPECT_TRUE(seat.active());
  EXPECT_EQ(seat.on_release_signal(), SeatEvent::none);
  EXPECT_FALSE(seat.left());
  EXPECT_FALSE(seat.active());
  EXPECT_FALSE(kernel.shown());
  EXPECT_EQ(seat.on_acquire_signal(), SeatEvent::none);
  kernel.come_back();
  EXPECT_EQ(seat.on_acquire_signal(), SeatEvent::enter);
}

TEST(VtSwitch, AReleaseThatNobodyWantsEndsWithTheDisplayOurs) {
  Kernel kernel{true};
  VtSwitch seat{kernel};
  seat.on_acquire_signal();
  EXPECT_EQ(seat.on_release_signal(), SeatEvent::leave);
  EXPECT_TRUE(seat.left());
  EXPECT_EQ(seat.on_acquire_signal(), SeatEvent::enter);
}

}  // namespace
}  // namespace drmshow
