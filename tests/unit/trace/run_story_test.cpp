// What drm-trace run says of what it could not keep.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "trace/bounded_log.hpp"
#include "trace/run_timeline.hpp"

namespace drmshow {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(BoundedLog, CountsWhatFindsNoPlace) {
  BoundedLog<int> log{2};
  for (int i = 0; i < 5; ++i) log.add(i);
  EXPECT_THAT(log.items(), ElementsAre(0, 1));
  EXPECT_EQ(log.lost(), 3u);
}

TEST(RunStory, TellsWhatIsLeftOut) {
  RunCapture capture;
  capture.out = BoundedLog<SaidLine>{1};
  capture.messages = BoundedLog<ProtocolMessage>{1};
  for (int i = 0; i < 3; ++i) {
    capture.out.add({Time{}, "line"});
    capture.err.add({Time{}, "line"});
    capture.messages.add({});
  }
  const RunStory story = story_of_run(capture, {});
  EXPECT_THAT(story.notes,
              Contains("the last 2 lines of its stdout are left out: there were too many"));
  EXPECT_THAT(story.notes, Contains(HasSubstr("the last 2 messages of the compositor's protocol")));
  EXPECT_THAT(story.notes, Not(Contains(HasSubstr("stderr"))));
}

}  // namespace
}  // namespace drmshow
