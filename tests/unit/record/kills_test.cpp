// Processes that are killed while all of their threads write into a ring that has gone round: what
// they leave is readable, and of what was written at most the last record of each thread, which it
// was just writing, is missing.
#include <array>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <random>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "beats.hpp"

namespace drmshow {
namespace {

using namespace drmshow::test;

constexpr std::uint32_t writers = 3;
constexpr std::uint64_t ring_cells = 1024;
constexpr std::uint64_t beats_until_wrapped = 2 * ring_cells / writers;
constexpr int kills = 1000;

/// What outlives the killed one beside its recording.
struct Shared {
  std::array<std::atomic<std::uint64_t>, writers> written{};   ///< record() has returned
  std::array<std::atomic<std::uint64_t>, writers> all_then{};  ///< what all had written before that
  std::atomic<std::uint32_t> wrapped = 0;                      ///< writers
};

std::uint64_t sum(const std::array<std::atomic<std::uint64_t>, writers>& all) {
  std::uint64_t result = 0;
  for (const auto& one : all) result += one.load(std::memory_order_relaxed);
  return result;
}

[[noreturn]] void write_for_ever(Recorder& recorder, Shared& shared, std::uint32_t writer) {
  for (std::uint64_t count = 1;; ++count) {
    // Others may go round the whole ring before we come to the next line.
    const std::uint64_t before = sum(shared.written);
    if (!write(recorder, {writer, count})) ::_exit(2);
    shared.written[writer].store(count, std::memory_order_relaxed);
    shared.all_then[writer].store(before, std::memory_order_relaxed);
    if (count == beats_until_wrapped) ++shared.wrapped;
  }
}

[[noreturn]] void be_killed(const std::string& directory, Shared& shared) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  Recorder recorder{{.bytes = ring_cells * 64, .directory = directory}};
  std::vector<std::thread> threads;
  for (std::uint32_t writer = 1; writer < writers; ++writer)
    threads.emplace_back([&, writer] { write_for_ever(recorder, shared, writer); });
  write_for_ever(recorder, shared, 0);
}

class Kills : public testing::Test {
 protected:
  Kills() {
    directory_ = testing::TempDir() + "/kills-XXXXXX";
    if (::mkdtemp(directory_.data()) == nullptr) throw std::runtime_error{"no folder"};
    void* const memory =
        ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::runtime_error{"no memory"};
    shared_ = new (memory) Shared;
  }
  ~Kills() override {
    ::munmap(shared_, sizeof(Shared));
    std::filesystem::remove_all(directory_);
  }

  // Its recording's path.
  std::string kill_one(std::chrono::nanoseconds delay) {
    new (shared_) Shared;
    const pid_t child = ::fork();
    if (child == 0) be_killed(directory_, *shared_);
    while (shared_->wrapped < writers && ::waitpid(child, nullptr, WNOHANG) == 0)
      std::this_thread::sleep_for(std::chrono::microseconds{50});
    std::this_thread::sleep_for(delay);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "it has ended by itself";
    return directory_ + "/drm-record." + std::to_string(child);
  }

  void expect_complete(const RecordBatch& batch) const {
    BeatCheck check{Gaps::none};
    EXPECT_EQ(check.see(batch), "");
    EXPECT_EQ(batch.lost, 0u);
    EXPECT_GT(check.seen(), ring_cells / most_beat_cells / 2);
    for (std::uint32_t writer = 0; writer < writers; ++writer) expect_last_of(writer, check);
  }

  // What a writer has written last is there, unless others have written enough over it.
  void expect_last_of(std::uint32_t writer, const BeatCheck& check) const {
    const auto found = check.last().find(writer);
    const std::uint64_t written = shared_->written[writer];
    if (found != check.last().end()) {
      EXPECT_GE(found->second, written);
      EXPECT_LE(found->second, written + 1);
    } else {
      const std::uint64_t since = sum(shared_->written) - shared_->all_then[writer] + writers;
      EXPECT_GT(4 * since * most_beat_cells, ring_cells) << "writer " << writer;
    }
  }

  std::string directory_;
  Shared* shared_;
};

TEST_F(Kills, LeaveWhatWasWritten) {
  std::mt19937 random;  // NOLINT(cert-msc*): the same delays each time; the moments differ anyway
  for (int i = 0; i < kills && !HasFailure(); ++i) {
    const std::string path = kill_one(std::chrono::nanoseconds{random() % 500'000});
    if (HasFailure()) break;
    const RecordingFile file{path};
    EXPECT_FALSE(file.live());
    EXPECT_FALSE(file.info().ended);
    EXPECT_GT(file.info().capacity, 0u);
    expect_complete(file.read());
    std::filesystem::remove(path);
  }
}

}  // namespace
}  // namespace drmshow
