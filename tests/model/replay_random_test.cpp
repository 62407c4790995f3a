// Long runs of the ring, decided by chance: the model takes them as they are, and in no other way.
#include <vector>

#include "chance_presenter.hpp"
#include "present/present_log.hpp"
#include "replay_cases.hpp"

namespace drmshow::model::test {
namespace {

std::vector<std::string> lines_of(const FrameRing& ring, unsigned seed, std::size_t steps) {
  std::vector<std::string> lines;
  ChancePresenter presenter{ring, seed, [&](const PresentEvent& event) {
                              PresentLine line;
                              lines.emplace_back(line.data(),
                                                 write_present_line(line, event, Time{}));
                            }};
  while (lines.size() < steps) presenter.step();
  return lines;
}

std::string joined(const std::string& setup, const std::vector<std::string>& lines) {
  std::string log = "drm-show ring log 2\nstream 0: " + setup + "\n";
  for (const std::string& line : lines) log += line;
  return log;
}

std::string setup_line(const FrameRing& ring) {
  return "slots " + std::to_string(ring.slots()) + " policy " + name(ring.policy()) + " outputs " +
         std::to_string(ring.outputs()) + " return " + name(ring.slot_return());
}

void expect_taken(const FrameRing& ring) {
  const Verdict verdict = judge(joined(setup_line(ring), lines_of(ring, 1, 3000)));
  EXPECT_TRUE(verdict.good) << setup_line(ring) << "\n" << verdict.text;
}

TEST(Replay, TakesWhateverTheRingDoes) {
  for (const RingPolicy policy : {RingPolicy::fifo, RingPolicy::mailbox}) {
    for (int outputs = 1; outputs <= FrameRing::most_outputs; ++outputs) {
      for (int slots = std::max(2, outputs + 1); slots <= FrameRing::most_slots; ++slots)
        expect_taken(FrameRing{slots, policy, outputs});
    }
    for (int slots = 2; slots <= FrameRing::most_slots; ++slots)
      expect_taken(FrameRing{slots, policy, 1, SlotReturn::release});
  }
}

// Each line but the last ones matters: without it, or twice, the run is none of the model.
void expect_each_line_matters(const FrameRing& ring) {
  const auto lines = lines_of(ring, 7, 400);
  for (std::size_t i = 0; i + 50 < lines.size(); ++i) {
    auto without = lines;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    auto twice = lines;
    twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(i), lines[i]);
    EXPECT_FALSE(judge(joined(setup_line(ring), without)).good) << lines[i];
    EXPECT_FALSE(judge(joined(setup_line(ring), twice)).good) << lines[i];
  }
}

TEST(Replay, NoticesEachLineThatIsMissingOrThereTwice) {
  for (const RingPolicy policy : {RingPolicy::fifo, RingPolicy::mailbox}) {
    expect_each_line_matters(FrameRing{3, policy});
    expect_each_line_matters(FrameRing{3, policy, 1, SlotReturn::release});
  }
}

}  // namespace
}  // namespace drmshow::model::test
