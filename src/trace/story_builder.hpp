// Makes a Story of records, one after another. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "trace/story.hpp"

namespace drmshow {

class StoryBuilder {
 public:
  void add(const Record& record);
  /// The builder is of no use afterwards.
  Story finish();

 private:
  using FrameKey = std::pair<std::size_t, std::uint64_t>;

  // Of each stream number in a recording: which of the story's streams it means now, and whether
  // the next frame may be the first of another one (set by a stream record that says nothing new,
  // cleared by an acquire).
  struct CurrentStream {
    std::size_t index = 0;
    bool may_begin = false;
  };

  CurrentStream& current(std::uint8_t number);
  std::size_t begin_stream(std::uint8_t number);
  void begin_again(std::uint8_t number);
  FrameStory& frame(std::uint8_t stream, std::uint64_t number, std::uint8_t slot);
  FrameOutput& frame_output(const PresentRecord& step);
  StoryOutput& output(std::uint8_t stream, std::uint8_t output);
  std::string output_name(std::uint8_t stream, std::uint8_t output);

  void add_setting(const Record& record);
  void add_stream(const StreamRecord& payload);
  void add_output(const Record& record);
  void add_ring(const RingRecord& payload);
  void add_draw(const Record& record);
  void add_missed(const MissedRecord& payload);
  void add_seat(const SeatRecord& payload, Time time);
  void add_error(const Record& record);
  void add_event(StoryEvent::Kind kind, Time time, std::string text);

  void add_step(const PresentRecord& step, Time time);
  void add_drawer_step(const PresentRecord& step, Time time);
  void add_output_step(const PresentRecord& step, Time time);
  void add_output_event(const PresentRecord& step, Time time);
  void add_acquire(const PresentRecord& step, Time time);
  void give_up(const PresentRecord& step, Time time, FrameEnd end);
  void add_commit(const PresentRecord& step, Time time);
  void add_refusal(const PresentRecord& step, Time time);
  void add_shown(const PresentRecord& step, Time time);
  void add_seen(const PresentRecord& step, Time time);
  void add_fate(const PresentRecord& step, Time time, FrameOutput::Fate fate);

  Story story_;
  std::map<std::uint8_t, CurrentStream> current_;
  std::map<FrameKey, std::size_t> frames_;
  // Outputs whose next frame on the screen has nothing to be measured from; by stream and output.
  std::map<std::pair<std::size_t, std::uint8_t>, bool> afresh_;
};

}  // namespace drmshow
