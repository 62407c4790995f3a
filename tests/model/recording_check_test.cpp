// Recordings of long runs against the model: all that there is, and what is left of it when the
// ring of the recorder has wrapped; and each fault is found.
#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "chance_presenter.hpp"
#include "drm-show/recorder.hpp"
#include "trace/check.hpp"
#include "trace/replay_check.hpp"

namespace drmshow::model::test {
namespace {

struct Run {
  FrameRing ring{3};
  int rounds = 400;
  int rounds_between_states = 50;
  std::uint8_t stream = 0;
};

StreamRecord shape_of(const FrameRing& ring, std::uint8_t stream) {
  return {stream, static_cast<std::uint8_t>(ring.slots()),
          static_cast<std::uint8_t>(ring.outputs()), ring.policy(), ring.slot_return()};
}

void play(Recorder& recorder, const Run& run) {
  ChancePresenter presenter{run.ring, 3, [&](const PresentEvent& event) {
                              recorder.record(RecordTag::present, to_record(event, run.stream),
                                              event.time);
                            }};
  for (int i = 0; i < run.rounds; ++i) {
    if (i % run.rounds_between_states == 0) {
      recorder.record(RecordTag::stream, shape_of(presenter.ring(), run.stream));
      recorder.record(RecordTag::ring, to_record(presenter.ring(), run.stream));
    }
    presenter.step();
  }
}

RecordBatch recording_of(const Run& run) {
  Recorder recorder{{.bytes = 64 << 10}};
  play(recorder, run);
  return RecordingFile{recorder.path()}.read();
}

void expect_good(const Run& run) {
  const RecordBatch batch = recording_of(run);
  const CheckResult result = check_records(batch.records);
  ASSERT_FALSE(result.divergence) << result.divergence->why << "\n" << result.divergence->before;
  EXPECT_GT(result.steps, 100u);
  EXPECT_GT(result.states, 1u);
  EXPECT_EQ(result.streams, 1u);
  EXPECT_EQ(result.gaps, 0u);
}

TEST(RecordingCheck, FromTheBegin) {
  for (const RingPolicy policy : {RingPolicy::fifo, RingPolicy::mailbox}) {
    for (int outputs = 1; outputs <= FrameRing::most_outputs; ++outputs) {
      expect_good({.ring = FrameRing{outputs + 2, policy, outputs},
                   .rounds = 100,
                   .rounds_between_states = 20});
    }
    expect_good({.ring = FrameRing{3, policy, 1, SlotReturn::release}, .rounds = 200});
  }
}

// The recorder's ring has room for a thousand cells.
TEST(RecordingCheck, FromTheMiddle) {
  for (const RingPolicy policy : {RingPolicy::fifo, RingPolicy::mailbox}) {
    for (int outputs = 1; outputs <= FrameRing::most_outputs; ++outputs) {
      expect_good({.ring = FrameRing{outputs + 2, policy, outputs}, .rounds = 3000});
    }
    expect_good({.ring = FrameRing{4, policy, 1, SlotReturn::release}, .rounds = 3000});
  }
}

TEST(RecordingCheck, WithoutAnyStateThereIsNothingToCheck) {
  RecordBatch batch = recording_of({.rounds = 3000, .rounds_between_states = 10'000});
  const CheckResult result = check_records(batch.records);
  EXPECT_EQ(result.steps, 0u);
  EXPECT_GT(result.skipped, 100u);
  EXPECT_FALSE(result.divergence);
}

// As if it had never been written: no gap tells of it.
std::vector<Record> without(std::vector<Record> records, std::size_t index) {
  const std::uint64_t missing =
      index + 1 < records.size() ? records[index + 1].sequence - records[index].sequence : 0;
  records.erase(records.begin() + static_cast<std::ptrdiff_t>(index));
  for (std::size_t i = index; i < records.size(); ++i) records[i].sequence -= missing;
  return records;
}

TEST(RecordingCheck, EachStepMatters) {
  const RecordBatch batch = recording_of({.rounds = 60, .rounds_between_states = 1000});
  std::size_t tried = 0;
  for (std::size_t i = 0; i + 50 < batch.records.size(); ++i) {
    if (batch.records[i].tag != RecordTag::present) continue;
    EXPECT_TRUE(check_records(without(batch.records, i)).divergence) << i;
    ++tried;
  }
  EXPECT_GT(tried, 50u);
}

TEST(RecordingCheck, AStateThatIsNotTheModels) {
  const RecordBatch batch = recording_of({.rounds = 60, .rounds_between_states = 10});
  std::vector<Record> records = batch.records;
  std::size_t last = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (records[i].tag == RecordTag::ring) last = i;
  }
  RingRecord state = records[last].as<RingRecord>();
  ++state.outputs[0].shown;
  records[last].payload = std::as_bytes(std::span{&state, 1});
  const auto found = check_records(records).divergence;
  ASSERT_TRUE(found);
  EXPECT_EQ(found->sequence, records[last].sequence);
  EXPECT_EQ(found->why, "the ring is not as the model has it");
}

TEST(RecordingCheck, BehindAGapItBeginsAnew) {
  const RecordBatch batch = recording_of({.rounds = 100, .rounds_between_states = 10});
  std::vector<Record> records = batch.records;
  records.erase(records.begin() + 100, records.begin() + 105);
  const CheckResult result = check_records(records);
  EXPECT_FALSE(result.divergence) << result.divergence->why;
  EXPECT_EQ(result.gaps, 1u);
  EXPECT_GT(result.skipped, 0u);
  EXPECT_LT(result.skipped, 60u);
}

TEST(RecordingCheck, StreamsByTheirNumbers) {
  Recorder recorder{{.bytes = 1 << 20}};
  play(recorder, {.rounds = 100, .stream = 0});
  play(recorder, {.ring = FrameRing{4, RingPolicy::mailbox, 2}, .rounds = 100, .stream = 7});
  const RecordBatch batch = RecordingFile{recorder.path()}.read();
  const CheckResult result = check_records(batch.records);
  EXPECT_FALSE(result.divergence);
  EXPECT_EQ(result.streams, 2u);
}

// With one record as a newer program might have written it.
template <class Payload>
CheckResult check_with(RecordBatch& batch, std::size_t index, const Payload& payload) {
  std::vector<Record> records = batch.records;
  records[index].payload = std::as_bytes(std::span{&payload, 1});
  return check_records(records);
}

std::size_t index_of(const RecordBatch& batch, RecordTag tag, std::size_t from) {
  const auto found =
      std::find_if(batch.records.begin() + static_cast<std::ptrdiff_t>(from), batch.records.end(),
                   [&](const Record& record) { return record.tag == tag; });
  return static_cast<std::size_t>(found - batch.records.begin());
}

void expect_left_out(const CheckResult& result) {
  EXPECT_FALSE(result.divergence) << result.divergence->why;
  EXPECT_EQ(result.unknown, 1u);
  EXPECT_GT(result.skipped, 0u);
  EXPECT_GT(result.steps, result.skipped) << "it goes on with the next state";
  EXPECT_THAT(check_text(result, {}), testing::HasSubstr("1 step or state only a newer program"));
}

// The writer is newer than we are, and not to be blamed.
TEST(RecordingCheck, WhatOnlyNewerProgramsKnow) {
  RecordBatch batch = recording_of({.rounds = 100, .rounds_between_states = 10});
  const std::size_t step = index_of(batch, RecordTag::present, 60);
  auto newer = batch.records[step].as<PresentRecord>();
  newer.step = static_cast<PresentStep>(77);
  expect_left_out(check_with(batch, step, newer));
  newer = batch.records[step].as<PresentRecord>();
  newer.fence = static_cast<RenderFence>(7);
  expect_left_out(check_with(batch, step, newer));
  const std::size_t ring = index_of(batch, RecordTag::ring, 60);
  auto state = batch.records[ring].as<RingRecord>();
  state.slots[0].fence = static_cast<RenderFence>(7);
  expect_left_out(check_with(batch, ring, state));
}

}  // namespace
}  // namespace drmshow::model::test
