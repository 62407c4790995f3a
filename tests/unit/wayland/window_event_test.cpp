#include "wayland/window_event.hpp"

#include <gtest/gtest.h>

namespace drmshow {
namespace {

WindowEvent numbered(std::uint64_t cookie) {
  WindowEvent event;
  event.cookie = cookie;
  return event;
}

TEST(WindowEvents, ComeInOrder) {
  WindowEvents events;
  EXPECT_TRUE(events.empty());
  for (std::uint64_t round = 0; round < 3; ++round) {  // so that it goes round
    for (std::uint64_t i = 0; i < 100; ++i) events.add(numbered(i));
    for (std::uint64_t i = 0; i < 100; ++i) EXPECT_EQ(events.next()->cookie, i);
    EXPECT_FALSE(events.next());
  }
  EXPECT_EQ(events.lost(), 0u);
}

TEST(WindowEvents, TheLastOnesAreLostIfNobodyTakesThem) {
  WindowEvents events;
  for (std::uint64_t i = 0; i < WindowEvents::most + 3; ++i) events.add(numbered(i));
  EXPECT_EQ(events.lost(), 3u);
  for (std::uint64_t i = 0; i < WindowEvents::most; ++i) EXPECT_EQ(events.next()->cookie, i);
  EXPECT_TRUE(events.empty());
}

}  // namespace
}  // namespace drmshow
