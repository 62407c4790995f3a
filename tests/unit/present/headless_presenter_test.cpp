#include "present/headless_presenter.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace drmshow::test {
namespace {

using namespace std::chrono_literals;

constexpr Size size{16, 9};
constexpr Time begin{7s};

struct Seen {
  std::uint64_t number;
  Nanoseconds shows;
  bool has_memory;
  friend bool operator==(const Seen&, const Seen&) = default;
};

std::vector<Seen> draw(int count, double rate, std::uint64_t looked_at_from) {
  std::vector<Seen> seen;
  HeadlessPresenter presenter{
      {.size = size,
       .rate = rate,
       .looked_at = [&](std::uint64_t number) { return number >= looked_at_from; },
       .look =
           [&](const Canvas& canvas) {
             seen.push_back(
                 {canvas.frame.number, canvas.shows_at - begin, canvas.mapping != nullptr});
           }},
      begin,
      {}};
  while (std::ssize(seen) < count) {
    while (auto canvas = presenter.acquire()) presenter.submit(*canvas);
    presenter.wait({}, Time::max());
  }
  return seen;
}

TEST(HeadlessPresenter, ShowsEachFrameAtItsTime) {
  const auto seen = draw(4, 1000.0 / 3, 1);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(seen[i], (Seen{i + 1, i * 3ms, true}));
  }
}

TEST(HeadlessPresenter, GivesNoMemoryToFramesThatNobodyLooksAt) {
  const auto seen = draw(5, 50, 4);
  EXPECT_FALSE(seen[2].has_memory);
  EXPECT_TRUE(seen[3].has_memory);
}

TEST(HeadlessPresenter, IsFinishedOnceClosed) {
  HeadlessPresenter presenter{
      {.size = size, .rate = 60, .looked_at = [](auto) { return true; }, .look = [](auto&) {}},
      begin,
      {}};
  const auto canvas = presenter.acquire();
  ASSERT_TRUE(canvas);
  EXPECT_FALSE(presenter.acquire());
  presenter.close();
  EXPECT_FALSE(presenter.finished());
  EXPECT_TRUE(presenter.submit(*canvas));
  EXPECT_FALSE(presenter.submit(*canvas));
  EXPECT_TRUE(presenter.finished());
  EXPECT_EQ(presenter.counts(0).shown, 1u);
  EXPECT_EQ(presenter.outputs()[0].mode.size(), size);
}

// What a window's streams rest on.
class MemoryOfACompositor final : public SurfaceMaker {
 public:
  class Memory final : public Surface {
   public:
    Size size() const override { return test::size; }
    Format format() const override { return formats::xrgb8888; }
    const Mapping* mapping() const override { return nullptr; }
    ScanoutImage* image() const override { return nullptr; }
  };
  std::unique_ptr<Surface> make(const ImageWay&, Size, Format) override {
    return std::make_unique<Memory>();
  }
};

struct Releases final : PresentObserver {
  void on(const PresentEvent& event) override {
    if (event.step == PresentStep::release) frames.push_back(event.frame);
  }
  std::vector<Frame> frames;
};

TEST(FrameStream, GivesASlotBackWhenItIsReleased) {
  MemoryOfACompositor memory;
  Releases releases;
  PresentOptions options;
  options.observer = &releases;
  FrameStream stream{memory, 0, {size, formats::xrgb8888, 1, SlotReturn::release}, options};
  stream.take_way({});
  std::vector<Frame> frames;
  for (int i = 0; i < 3; ++i) {
    const auto canvas = stream.acquire(begin);
    ASSERT_TRUE(canvas);
    frames.push_back(canvas->frame);
    stream.submit(canvas->frame, {}, begin);
    const auto flip = stream.next(0);
    ASSERT_TRUE(flip);
    stream.committed(0, *flip, begin);
    EXPECT_EQ(stream.flipped(0, {.cookie = flip->cookie}, begin), FlipResult::shown);
  }
  EXPECT_FALSE(stream.acquire(begin));
  EXPECT_TRUE(stream.released(frames[0], begin));
  EXPECT_FALSE(stream.released(frames[0], begin));
  EXPECT_EQ(releases.frames, std::vector{frames[0]});
  const auto canvas = stream.acquire(begin);
  ASSERT_TRUE(canvas);
  EXPECT_EQ(canvas->frame.slot, frames[0].slot);
}

}  // namespace
}  // namespace drmshow::test
