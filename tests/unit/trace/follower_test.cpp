// Followers of a recording, one of whose writers stops in the middle of a record.
#include "trace/follower.hpp"

#include <array>
#include <cstddef>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "drm-show/fd.hpp"
#include "drm-show/recorder.hpp"
#include "record/record_format.hpp"

namespace drmshow {
namespace {

/// A writer that takes a cell, and finishes it when we say so.
class SlowWriter {
 public:
  explicit SlowWriter(const std::string& path) : fd_{::open(path.c_str(), O_RDWR | O_CLOEXEC)} {
    get(&header_, sizeof header_, 0);
  }
  void take() {
    get(&number_, sizeof number_, next_at);
    const std::uint64_t next = number_ + 1;
    put(&next, sizeof next, next_at);
  }
  // A note without text.
  void finish() const {
    const std::uint64_t place = number_ & (header_.cells - 1);
    const RecordHead head{static_cast<std::uint16_t>(RecordTag::note), 0, 7};
    const std::array<std::uint64_t, 2> words{5, head.word()};
    put(words.data(), sizeof words, header_.cells_at + place * cell_bytes);
    const std::uint64_t stamp = CellStamp::make(number_, CellStamp::first);
    put(&stamp, sizeof stamp, header_.stamps_at + place * sizeof stamp);
  }

 private:
  static constexpr std::uint64_t next_at = offsetof(RecordingHeader, next);

  void get(void* to, std::size_t bytes, std::uint64_t at) const {
    ASSERT_EQ(::pread(fd_.get(), to, bytes, static_cast<off_t>(at)), static_cast<ssize_t>(bytes));
  }
  void put(const void* from, std::size_t bytes, std::uint64_t at) const {
    ASSERT_EQ(::pwrite(fd_.get(), from, bytes, static_cast<off_t>(at)),
              static_cast<ssize_t>(bytes));
  }

  UniqueFd fd_;
  RecordingHeader header_;
  std::uint64_t number_ = 0;
};

class FollowerTest : public testing::Test {
 protected:
  std::size_t count_new() { return follower_.read_new(file_).records.size(); }
  void wait_idly() {
    for (int i = 0; i < 3 * Follower::patience; ++i) EXPECT_EQ(count_new(), 0u);
  }

  Recorder recorder_{{}};
  RecordingFile file_{recorder_.path()};
  SlowWriter slow_{recorder_.path()};
  Follower follower_;
};

// However long nothing was written before it.
TEST_F(FollowerTest, NothingIsPassedByThatIsBeingWritten) {
  recorder_.record_text(RecordTag::note, "first");
  EXPECT_EQ(count_new(), 1u);
  wait_idly();
  slow_.take();
  recorder_.record_text(RecordTag::note, "behind it");
  for (int i = 1; i < Follower::patience; ++i) EXPECT_EQ(count_new(), 0u);
  slow_.finish();
  const RecordBatch batch = follower_.read_new(file_);
  ASSERT_EQ(batch.records.size(), 2u);
  EXPECT_EQ(batch.records[0].thread, 7u);
  EXPECT_EQ(batch.records[1].text(), "behind it");
}

TEST_F(FollowerTest, TheDeadAreNotWaitedForForEver) {
  slow_.take();
  recorder_.record_text(RecordTag::note, "behind it");
  int rounds = 1;
  while (count_new() == 0 && rounds < 100) ++rounds;
  EXPECT_GT(rounds, Follower::patience);
  EXPECT_LE(rounds, 2 * Follower::patience + 1);
  EXPECT_EQ(count_new(), 0u);
}

TEST_F(FollowerTest, TheRestIsReadAtOnce) {
  slow_.take();
  recorder_.record_text(RecordTag::note, "behind it");
  EXPECT_EQ(count_new(), 0u);
  EXPECT_EQ(follower_.read_rest(file_).records.size(), 1u);
}

}  // namespace
}  // namespace drmshow
