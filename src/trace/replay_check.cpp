#include "trace/replay_check.hpp"

#include <algorithm>
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

// A newer program may have more of each. What it does with them is nothing to be judged here.
bool is_known(const PresentEvent& event) {
  return event.step <= last_present_step && event.fence <= RenderFence::native;
}

bool is_known(const StreamRecord& shape) {
  return shape.policy <= RingPolicy::mailbox && shape.slot_return <= SlotReturn::release &&
         shape.slots <= FrameRing::most_slots && shape.outputs <= FrameRing::most_outputs;
}

bool is_known(const RingRecord& state) {
  constexpr unsigned flags = RingRecord::closed | RingRecord::aborted;
  constexpr unsigned of_slots =
      RingRecord::Slot::drawing | RingRecord::Slot::unsignalled | RingRecord::Slot::held;
  constexpr unsigned of_outputs = RingRecord::Output::modeset_pending |
                                  RingRecord::Output::needs_modeset | RingRecord::Output::away;
  const auto slot_known = [](const RingRecord::Slot& slot) {
    return slot.fence <= RenderFence::native && (slot.flags & ~of_slots) == 0;
  };
  const auto output_known = [](const RingRecord::Output& output) {
    return (output.flags & ~of_outputs) == 0;
  };
  return (state.flags & ~flags) == 0 && std::ranges::all_of(state.slots, slot_known) &&
         std::ranges::all_of(state.outputs, output_known);
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
    if (!is_known(shape->second) || !is_known(state)) return lose(state.stream);
    const FrameRing* const ours = replay_.ring(state.stream);
    if (!ours) return replay_.resume(line_of(shape->second), state);
    const auto recorded = restored_ring(shape->second, state);
    if (!recorded) throw BadLine{"no ring can be like that"};
    if (*recorded != *ours) throw BadLine{"the ring is not as the model has it"};
    ++result_.states;
  }

  // Until its next state.
  void lose(int stream) {
    replay_.forget(stream);
    ++result_.unknown;
  }

  void take_step(const PresentEvent& event) {
    if (!replay_.ring(event.stream)) {
      ++result_.skipped;
      return;
    }
    if (!is_known(event)) return lose(event.stream);
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
