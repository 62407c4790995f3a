#include "trace/replay_check.hpp"

#include <map>
#include <set>

#include "drm-show/recorder.hpp"
#include "model/replay.hpp"
#include "record/record_format.hpp"
#include "record/ring_state.hpp"

namespace drmshow {
namespace {

using model::BadLine;

model::StreamLine line_of(const StreamRecord& record) {
  return {record.stream, record.slots, record.policy, record.outputs, record.slot_return};
}

bool same_shape(const StreamRecord& a, const StreamRecord& b) {
  return a.slots == b.slots && a.outputs == b.outputs && a.policy == b.policy &&
         a.slot_return == b.slot_return;
}

// The model numbers outputs and slots without looking.
void require_known(const PresentEvent& event) {
  if (event.step > last_present_step) throw BadLine{"a step that this program does not know"};
  if (event.fence > RenderFence::native) throw BadLine{"a fence that this program does not know"};
}

class Checker {
 public:
  void take(const Record& record) {
    note_gap(record);
    try {
      step(record);
    } catch (const BadLine& bad) {
      const int stream = record.payload.size() > 2 ? stream_of(record) : 0;
      result_.divergence = {record.sequence, record.time, stream, bad.what(), replay_.state()};
    }
  }
  bool over() const { return result_.divergence.has_value(); }

  CheckResult result() {
    result_.streams = checked_.size();
    return result_;
  }

 private:
  static int stream_of(const Record& record) {
    return record.tag == RecordTag::ring ? record.as<RingRecord>().stream
                                         : record.as<PresentRecord>().stream;
  }

  // Cells that were reserved in vain are gaps, too: nobody can tell.
  void note_gap(const Record& record) {
    const RecordHead head{0, static_cast<std::uint16_t>(record.payload.size()), 0};
    if (next_ != 0 && record.sequence != next_) {
      ++result_.gaps;
      for (const auto& [stream, shape] : shapes_) replay_.forget(stream);
    }
    next_ = record.sequence + head.cells();
  }

  void step(const Record& record) {
    switch (record.tag) {
      case RecordTag::stream:
        return take_shape(record.as<StreamRecord>());
      case RecordTag::ring:
        return take_state(record.as<RingRecord>());
      case RecordTag::present:
        return take_step(to_event(record.as<PresentRecord>(), record.time));
      default:
        return;
    }
  }

  void take_shape(const StreamRecord& shape) {
    const auto [found, added] = shapes_.try_emplace(shape.stream, shape);
    if (added || same_shape(found->second, shape)) return;
    if (replay_.ring(shape.stream)) throw BadLine{"a ring does not change its shape"};
    found->second = shape;
  }

  void take_state(const RingRecord& state) {
    const auto shape = shapes_.find(state.stream);
    if (shape == shapes_.end()) return;
    const FrameRing* const ours = replay_.ring(state.stream);
    if (!ours) return replay_.resume(line_of(shape->second), state);
    const auto recorded = restored_ring(shape->second, state);
    if (!recorded) throw BadLine{"no ring can be like that"};
    if (*recorded != *ours) throw BadLine{"the ring is not as the model has it"};
    ++result_.states;
  }

  void take_step(const PresentEvent& event) {
    if (!replay_.ring(event.stream)) {
      ++result_.skipped;
      return;
    }
    require_known(event);
    replay_.take(event);
    checked_.insert(event.stream);
    ++result_.steps;
  }

  model::Replay replay_;
  std::map<int, StreamRecord> shapes_;
  std::set<int> checked_;
  CheckResult result_;
  std::uint64_t next_ = 0;  // the sequence after the record before
};

}  // namespace

CheckResult check_records(std::span<const Record> records) {
  Checker checker;
  for (const Record& record : records) {
    checker.take(record);
    if (checker.over()) break;
  }
  return checker.result();
}

}  // namespace drmshow
