// Readers while writers write as fast as they can. Built a second time with ThreadSanitizer.
#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "beats.hpp"

namespace drmshow {
namespace {

using namespace drmshow::test;

constexpr std::uint32_t writers = 3;
#ifdef __SANITIZE_THREAD__
constexpr std::uint64_t beats = 20'000;  // of each
#else
constexpr std::uint64_t beats = 200'000;
#endif

/// Writers at full speed, until each has written all of its own.
class Hammer {
 public:
  explicit Hammer(Recorder& recorder) {
    for (std::uint32_t writer = 0; writer < writers; ++writer) {
      threads_.emplace_back([this, &recorder, writer] {
        for (std::uint64_t count = 1; count <= beats; ++count) {
          if (!write(recorder, {writer, count})) ++refused_;
        }
        ++ended_;
      });
    }
  }
  bool has_ended() const { return ended_ == writers; }
  std::uint64_t refused() const { return refused_; }
  void join() {
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  std::vector<std::thread> threads_;
  std::atomic<std::uint32_t> ended_ = 0;
  std::atomic<std::uint64_t> refused_ = 0;
};

std::uint64_t cells_of(const RecordBatch& batch) {
  std::uint64_t cells = 0;
  for (const Record& record : batch.records) cells += test::cells_of(record);
  return cells;
}

// Each cell is read, or it is said that it was not.
TEST(LiveReading, NothingIsGarbledAndWhatIsMissedIsCounted) {
  Recorder recorder{{.bytes = 64 << 10}};
  const RecordingFile file{recorder.path()};
  std::uint64_t from = file.info().capacity;  // the first number
  BeatCheck check{Gaps::where_counted};
  Hammer hammer{recorder};
  for (bool last = false; !last && !testing::Test::HasFailure();) {
    last = hammer.has_ended();
    const RecordBatch batch = file.read(from);
    EXPECT_EQ(check.see(batch), "");
    EXPECT_EQ(cells_of(batch) + batch.overwritten + batch.unfinished, batch.next - from);
    from = batch.next;
  }
  hammer.join();
  EXPECT_EQ(hammer.refused(), 0u);
  EXPECT_GT(check.seen(), 0u);
}

// Who asks for it waits at a record that is being written, and then gets it: nothing is passed by.
TEST(LiveReading, WhoStopsAtWhatIsUnfinishedMissesNothing) {
  Recorder recorder{{.bytes = 128 << 20}};  // all of them have a place
  const RecordingFile file{recorder.path()};
  std::uint64_t from = 0;
  BeatCheck check{Gaps::none};
  Hammer hammer{recorder};
  for (bool last = false; !last && !testing::Test::HasFailure();) {
    last = hammer.has_ended();
    const RecordBatch batch = file.read(from, Unfinished::stop);
    EXPECT_EQ(batch.overwritten + batch.unfinished, 0u);
    EXPECT_EQ(check.see(batch), "");
    from = batch.next;
  }
  hammer.join();
  EXPECT_EQ(check.seen(), writers * beats);
}

}  // namespace
}  // namespace drmshow
