// Recordings of long runs against the model: all that there is, and what is left of it when the
// ring of the recorder has wrapped; and each fault is found.
#include <gtest/gtest.h>

#include "chance_presenter.hpp"
#include "drm-show/recorder.hpp"
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

TEST(RecordingCheck, WhatNobodyKnows) {
  RecordBatch batch = recording_of({.rounds = 20});
  auto bad = batch.records.back().as<PresentRecord>();
  for (Record& record : batch.records) {
    if (record.tag == RecordTag::present) bad = record.as<PresentRecord>();
  }
  bad.step = static_cast<PresentStep>(200);
  std::vector<Record> records = batch.records;
  records.back().tag = RecordTag::present;
  records.back().payload = std::as_bytes(std::span{&bad, 1});
  ASSERT_TRUE(check_records(records).divergence);
  EXPECT_EQ(check_records(records).divergence->why, "a step that this program does not know");
}

}  // namespace
}  // namespace drmshow::model::test
