#include "trace/story.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "trace/story_builder.hpp"

namespace drmshow {

const FrameOutput* FrameStory::on(std::uint8_t output) const {
  const auto found = std::ranges::find(outputs, output, &FrameOutput::output);
  return found == outputs.end() ? nullptr : &*found;
}

DayClock day_clock(const Story& story, const RecordingInfo& info) {
  return DayClock{info, story.clocks, story.first_sequence <= info.capacity};
}

std::string Story::output_name(std::size_t stream, std::uint8_t output) const {
  const StoryStream& from = streams.at(stream);
  const auto found = from.outputs.find(output);
  if (found != from.outputs.end() && !found->second.name.empty()) return found->second.name;
  return fmt::format("output {} of stream {}", output, from.number);
}

const FrameStory* Story::find(std::size_t stream, std::uint64_t number) const {
  const auto found = std::ranges::find_if(frames, [&](const FrameStory& frame) {
    return frame.stream == stream && frame.number == number;
  });
  return found == frames.end() ? nullptr : &*found;
}

Nanoseconds Story::period_of(std::size_t stream, std::uint8_t output) const {
  const auto& outputs = streams.at(stream).outputs;
  const auto found = outputs.find(output);
  return found == outputs.end() ? Nanoseconds{} : found->second.period;
}

Story tell_story(std::span<const Record> records) {
  StoryBuilder builder;
  for (const Record& record : records) builder.add(record);
  return builder.finish();
}

}  // namespace drmshow
