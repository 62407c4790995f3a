#include "present/present_log.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "drm-show/error.hpp"

namespace drmshow::test {
namespace {

using namespace std::chrono_literals;

std::string line_of(const PresentEvent& event, Time since = Time{100s}) {
  PresentLine line;
  return {line.data(), write_present_line(line, event, since)};
}

PresentEvent event(PresentStep step, Nanoseconds after = 0ns) {
  return {Time{100s} + after, step, RenderFence::none, 0, 0, {}, 0, 0};
}

TEST(PresentLog, WritesWhatAStepHasAndNoMore) {
  PresentEvent commit = event(PresentStep::commit, 12'345'678'901ns);
  commit.frame = {1, 17};
  commit.cookie = 18;
  PresentEvent submit = event(PresentStep::submit, 5ns);
  submit.frame = {0, 3};
  submit.fence = RenderFence::native;
  PresentEvent release = event(PresentStep::release, 7ns);
  release.frame = {2, 5};
  PresentEvent busy = commit;
  busy.step = PresentStep::busy;
  busy.stream = 2;
  busy.output = 1;
  busy.errnum = 16;
  PresentEvent flip = commit;
  flip.step = PresentStep::flip;
  flip.flags = 0x201;
  flip.sequence = 77;
  flip.shown = Time{100s} + 1'500'000'001ns;
  PresentEvent superseded = release;
  superseded.step = PresentStep::superseded;
  superseded.by = 6;
  const struct {
    PresentEvent event;
    const char* line;
  } cases[] = {
      {commit, "12.345678901 0 0 commit slot=1 frame=17 cookie=18\n"},
      {submit, "0.000000005 0 0 submit slot=0 frame=3 fence=native\n"},
      {busy, "12.345678901 2 1 busy slot=1 frame=17 cookie=18 errno=16\n"},
      {release, "0.000000007 0 0 release slot=2 frame=5\n"},
      {flip,
       "12.345678901 0 0 flip slot=1 frame=17 cookie=18 flags=0x201 sequence=77 "
       "shown=1.500000001\n"},
      {superseded, "0.000000007 0 0 superseded slot=2 frame=5 by=6\n"},
      {event(PresentStep::close), "0.000000000 0 0 close\n"},
      {event(PresentStep::flip, -1'500'000'000ns), "-1.500000000 0 0 flip\n"},
  };
  for (const auto& [what, line] : cases) EXPECT_EQ(line_of(what), line);
}

TEST(PresentLog, TheLongestLineFits) {
  constexpr auto most = ~std::uint64_t{0};
  const PresentEvent event{Time{Nanoseconds::min()},
                           PresentStep::arm_modeset,
                           RenderFence::native,
                           255,
                           255,
                           {255, most},
                           most,
                           -2'147'483'647,
                           0xffff,
                           0xffffffff,
                           Time{Nanoseconds::max()},
                           most};
  const std::string line = line_of(event, Time{0ns});
  EXPECT_TRUE(line.ends_with(" by=18446744073709551615\n")) << line;
  EXPECT_LT(line.size(), PresentLine{}.size() - 32) << "of submit, with its fence";
}

TEST(PresentLog, NamesEveryStepByAWordOfItsOwn) {
  std::vector<std::string> names;
  for (int i = 0; i <= static_cast<int>(last_present_step); ++i)
    names.emplace_back(name(PresentStep{static_cast<std::uint8_t>(i)}));
  EXPECT_EQ(names.front(), "acquire");
  EXPECT_EQ(names[static_cast<std::size_t>(PresentStep::expire)], "expire");
  EXPECT_EQ(names[static_cast<std::size_t>(PresentStep::stale_flip)], "stale_flip");
  EXPECT_EQ(names[static_cast<std::size_t>(PresentStep::abort)], "abort");
  EXPECT_EQ(names.back(), "unseen");
  std::ranges::sort(names);
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

// 64 KiB are in the pipe, as many in the log; then lines are left out, and those that come are
// whole.
TEST(PresentLog, DoesNotWaitForWhoReadsAPipe) {
  const std::string path = testing::TempDir() + "present-log-pipe-" + std::to_string(::getpid());
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  EXPECT_THROW((PresentLog{path, Time{100s}}), Error) << "though nobody reads";
  const UniqueFd reader{::open(path.c_str(), O_RDONLY | O_NONBLOCK)};
  PresentLog log{path, Time{100s}};
  const Time begin = Clock::now();
  for (int i = 0; i < 10'000; ++i) log.on(event(PresentStep::close, i * 1ns));
  EXPECT_LT(Clock::now() - begin, 1s);
  EXPECT_GT(log.lost(), 1'000u);
  EXPECT_THROW(log.flush(), Error);
  std::string text;
  for (std::array<char, 1 << 16> part;;) {
    const ssize_t count = ::read(reader.get(), part.data(), part.size());
    if (count <= 0) break;
    text.append(part.data(), static_cast<std::size_t>(count));
    EXPECT_THROW(log.flush(), Error) << "it has not forgotten";
  }
  std::filesystem::remove(path);
  EXPECT_EQ(std::ranges::count(text, '\n') + static_cast<std::ptrdiff_t>(log.lost()), 10'001);
  EXPECT_TRUE(text.ends_with(" 0 0 close\n"));
}

TEST(PresentLog, StartsWithWhatItIsAboutAndEndsWhole) {
  const std::string path = testing::TempDir() + "present-log-" + std::to_string(::getpid());
  {
    PresentLog log{path, Time{100s}};
    log.add_stream(0, FrameRing{3});
    log.add_stream(1, FrameRing{4, RingPolicy::mailbox, 2});
    log.add_stream(2, FrameRing{3, RingPolicy::fifo, 1, SlotReturn::release});
    for (int i = 0; i < 3000; ++i) log.on(event(PresentStep::close, i * 1ns));
    log.flush();
    log.on(event(PresentStep::abort));
  }
  std::ifstream file{path};
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  std::filesystem::remove(path);
  ASSERT_EQ(lines.size(), 3005u);
  EXPECT_EQ(lines[0], "drm-show ring log 2");
  EXPECT_EQ(lines[1], "stream 0: slots 3 policy fifo outputs 1");
  EXPECT_EQ(lines[2], "stream 1: slots 4 policy mailbox outputs 2");
  EXPECT_EQ(lines[3], "stream 2: slots 3 policy fifo outputs 1 return release");
  EXPECT_EQ(lines[3003], "0.000002999 0 0 close");
  EXPECT_EQ(lines[3004], "0.000000000 0 0 abort");
}

TEST(PresentLog, NoticesWhatCannotBeWritten) {
  EXPECT_THROW((PresentLog{"/nowhere/at/all", Time{}}), Error);
  PresentLog full{"/dev/full", Time{}};
  for (int i = 0; i < 9000; ++i) full.on(event(PresentStep::close));
  EXPECT_THROW(full.flush(), Error);
}

}  // namespace
}  // namespace drmshow::test
