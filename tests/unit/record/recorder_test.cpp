// A recorder and a reader of its file.
#include "drm-show/recorder.hpp"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drm-show/error.hpp"
#include "drm-show/recording.hpp"

namespace drmshow {
namespace {

using testing::ElementsAre;

struct Sample {
  std::uint64_t number;
  std::array<std::uint64_t, 5> more;
};
static_assert(sizeof(Sample) == 48);

Sample sample(std::uint64_t number) {
  return {number, {number + 1, number + 2, number + 3, number + 4, number + 5}};
}

std::vector<std::uint64_t> numbers(const RecordBatch& batch) {
  std::vector<std::uint64_t> all;
  for (const Record& record : batch.records) all.push_back(record.as<Sample>().number);
  return all;
}

TEST(Recorder, WhatWasWrittenIsRead) {
  Recorder recorder{{.program = "test", .version = "7"}};
  for (std::uint64_t i = 0; i < 3; ++i)
    recorder.record(RecordTag::user, sample(i), Time{Nanoseconds{i}});
  recorder.record_text(RecordTag::note, "a note");
  const RecordingFile file{recorder.path()};
  EXPECT_EQ(file.info().program, "test");
  EXPECT_EQ(file.info().version, "7");
  EXPECT_EQ(file.info().pid, ::getpid());
  EXPECT_TRUE(file.live());
  const RecordBatch batch = file.read();
  ASSERT_EQ(batch.records.size(), 4u);
  EXPECT_EQ(batch.records[2].time, Time{Nanoseconds{2}});
  EXPECT_EQ(batch.records[2].thread, static_cast<std::uint32_t>(::gettid()));
  EXPECT_EQ(batch.records[2].as<Sample>().more[4], 7u);
  EXPECT_EQ(batch.records[3].tag, RecordTag::note);
  EXPECT_EQ(batch.records[3].text(), "a note");
  EXPECT_EQ(batch.unfinished + batch.overwritten + batch.lost, 0u);
}

TEST(Recorder, TheOldestAreOverwritten) {
  Recorder recorder{{.bytes = 64 << 10}};
  const std::uint64_t cells = 1024;
  for (std::uint64_t i = 0; i < 3 * cells + 10; ++i) recorder.record(RecordTag::user, sample(i));
  const auto read = numbers(RecordingFile{recorder.path()}.read());
  ASSERT_EQ(read.size(), cells);
  EXPECT_EQ(read.front(), 2 * cells + 10);
  EXPECT_EQ(read.back(), 3 * cells + 9);
}

TEST(Recorder, LongOnesGoOverTheEndOfTheRing) {
  Recorder recorder{{.bytes = 64 << 10}};
  for (int i = 0; i < 300; ++i) {
    recorder.record_text(RecordTag::note, std::string(static_cast<std::size_t>(i * 13),
                                                      static_cast<char>('a' + i % 26)));
  }
  const RecordBatch batch = RecordingFile{recorder.path()}.read();
  ASSERT_GT(batch.records.size(), 15u);
  int i = 300 - static_cast<int>(batch.records.size());
  for (const Record& record : batch.records) {
    EXPECT_EQ(record.text(),
              std::string(static_cast<std::size_t>(i * 13), static_cast<char>('a' + i % 26)));
    ++i;
  }
}

TEST(Recorder, WhatIsTooLongIsCutOff) {
  Recorder recorder{{}};
  recorder.record_text(RecordTag::note, std::string(10'000, 'x'));
  recorder.record_text(ErrorRecord{.failure = 9, .errnum = 19}, std::string(10'000, 'y'));
  const RecordBatch batch = RecordingFile{recorder.path()}.read();
  ASSERT_EQ(batch.records.size(), 2u);
  EXPECT_EQ(batch.records[0].text().size(), Recorder::most_payload);
  const auto error = batch.records[1].as<ErrorRecord>();
  EXPECT_EQ(error.errnum, 19);
  EXPECT_EQ(batch.records[1].text(error.text_at), std::string(Recorder::most_payload - 8, 'y'));
}

TEST(Recorder, OnlyWhatIsNew) {
  Recorder recorder{{}};
  recorder.record(RecordTag::user, sample(1));
  const RecordingFile file{recorder.path()};
  const RecordBatch first = file.read();
  recorder.record(RecordTag::user, sample(2));
  recorder.record(RecordTag::user, sample(3));
  const RecordBatch second = file.read(first.next);
  EXPECT_THAT(numbers(second), ElementsAre(2u, 3u));
  EXPECT_TRUE(file.read(second.next).records.empty());
}

TEST(Recorder, WhoIsTooSlowIsTold) {
  Recorder recorder{{.bytes = 64 << 10}};
  recorder.record(RecordTag::user, sample(0));
  const RecordingFile file{recorder.path()};
  const RecordBatch first = file.read();
  for (std::uint64_t i = 0; i < 1034; ++i) recorder.record(RecordTag::user, sample(i));
  const RecordBatch second = file.read(first.next);
  EXPECT_EQ(second.overwritten, 10u);
  EXPECT_EQ(numbers(second).front(), 10u);
}

TEST(Recorder, GoesAtTheEndUnlessItIsKept) {
  std::string path;
  {
    const Recorder recorder{{}};
    path = recorder.path();
    EXPECT_TRUE(std::filesystem::exists(path));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
  {
    Recorder recorder{{}};
    path = recorder.path();
    recorder.keep();
  }
  EXPECT_FALSE(RecordingFile{path}.info().ended);
  std::filesystem::remove(path);
}

TEST(Recorder, ReadersSeeThatItHasEnded) {
  std::optional<Recorder> recorder{std::in_place, RecorderOptions{}};
  const RecordingFile file{recorder->path()};
  recorder->record(RecordTag::user, sample(5));
  EXPECT_TRUE(file.live());
  recorder.reset();
  EXPECT_FALSE(file.live());
  EXPECT_THAT(numbers(file.read()), ElementsAre(5u));
}

/// A process that records and then dies, or lives on in a second thread.
class Writer {
 public:
  explicit Writer(bool second_thread) : pid_{::fork()} {
    if (pid_ == 0) die(second_thread);
  }
  ~Writer() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    std::filesystem::remove(path());
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  std::string path() const { return testing::TempDir() + "drm-record." + std::to_string(pid_); }
  void wait_for_death() const {
    siginfo_t info{};
    ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOWAIT);
  }
  // Its first thread is a zombie: proc(5).
  void wait_for_first_thread() const {
    const std::string name = "/proc/" + std::to_string(pid_) + "/stat";
    std::string text;
    while (text.find(") Z ") == std::string::npos) {
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
      std::ifstream file{name};
      std::getline(file, text);
    }
  }

 private:
  [[noreturn]] static void die(bool second_thread) {
    Recorder recorder{{.directory = testing::TempDir()}};
    recorder.keep();
    if (!second_thread) ::_exit(0);
    std::thread{[] { ::pause(); }}.detach();
    ::syscall(SYS_exit, 0);  // this thread alone
    std::abort();
  }

  pid_t pid_;
};

TEST(Recorder, WhoIsDeadRunsNoLongerThoughNobodyHasWaitedForIt) {
  const Writer writer{false};
  writer.wait_for_death();
  EXPECT_FALSE(RecordingFile{writer.path()}.live());
}

TEST(Recorder, WhoseFirstThreadHasEndedRuns) {
  const Writer writer{true};
  writer.wait_for_first_thread();
  EXPECT_TRUE(RecordingFile{writer.path()}.live());
}

// As when a child calls exit(), and there is a static one.
TEST(Recorder, IsTheParentsInAChild) {
  std::optional<Recorder> recorder{std::in_place, RecorderOptions{}};
  recorder->record(RecordTag::user, sample(1));
  const pid_t child = ::fork();
  if (child == 0) {
    recorder->record(RecordTag::user, sample(2));
    recorder.reset();
    ::_exit(0);
  }
  ::waitpid(child, nullptr, 0);
  ASSERT_TRUE(std::filesystem::exists(recorder->path()));
  const RecordingFile file{recorder->path()};
  EXPECT_TRUE(file.live());
  const RecordBatch batch = file.read();
  EXPECT_THAT(numbers(batch), ElementsAre(1u, 2u));
  EXPECT_EQ(batch.records[0].thread, static_cast<std::uint32_t>(::gettid()));
  EXPECT_EQ(batch.records[1].thread, static_cast<std::uint32_t>(child));
}

TEST(Recorder, IsForUsAlone) {
  const Recorder recorder{{}};
  struct stat found {};
  ASSERT_EQ(::stat(recorder.path().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 07777u, 0600u);
}

TEST(Recorder, EachHasItsOwnFile) {
  const Recorder one{{}};
  const Recorder other{{}};
  EXPECT_NE(one.path(), other.path());
  std::size_t ours = 0;
  for (const FoundRecording& found : find_recordings()) ours += found.pid == ::getpid() ? 1u : 0u;
  EXPECT_EQ(ours, 2u);
}

TEST(Recorder, SizesThatAreNotPossible) {
  EXPECT_EQ(RecordingFile{Recorder{{.bytes = 0}}.path()}.info().capacity, 1024u);
  EXPECT_EQ(RecordingFile{Recorder{{.bytes = 100'000}}.path()}.info().capacity, 2048u);
  EXPECT_THROW(Recorder({.bytes = std::size_t{2} << 30}), Error);
  EXPECT_THROW(Recorder({.directory = "/nowhere"}), Error);
}

Failure failure_of_reading(const std::string& path) {
  try {
    const RecordingFile file{path};
  } catch (const Error& error) {
    return error.failure();
  }
  return Failure{};
}

TEST(RecordingFile, WhatIsNone) {
  const std::string path = testing::TempDir() + "/no-recording";
  EXPECT_EQ(failure_of_reading("/nowhere/at/all"), Failure::not_found);
  EXPECT_EQ(failure_of_reading("/tmp"), Failure::bad_content);
  { const std::ofstream empty{path}; }
  EXPECT_EQ(failure_of_reading(path), Failure::bad_content);
  std::ofstream{path} << std::string(10'000, 'x');
  EXPECT_EQ(failure_of_reading(path), Failure::bad_content);
}

std::vector<char> contents(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

TEST(RecordingFile, ANewerOneOfTheSameKindIsRead) {
  Recorder recorder{{}};
  recorder.record(static_cast<RecordTag>(999), sample(1));  // a tag that nobody knows
  recorder.record(RecordTag::missed, sample(2));            // a payload that has grown
  recorder.record(RecordTag::missed, std::uint16_t{7});     // and one from before it grew
  auto bytes = contents(recorder.path());
  bytes[10] = 99;  // the minor version
  const RecordBatch batch = read_records(std::as_bytes(std::span{bytes}));
  ASSERT_EQ(batch.records.size(), 3u);
  EXPECT_EQ(static_cast<int>(batch.records[0].tag), 999);
  EXPECT_EQ(batch.records[1].payload.size(), sizeof(Sample));
  EXPECT_EQ(batch.records[1].as<MissedRecord>().stream, 2);
  EXPECT_EQ(batch.records[2].as<MissedRecord>().stream, 7);
  EXPECT_EQ(batch.records[2].as<MissedRecord>().frame, 0u);
  bytes[8] = 2;  // the major version
  EXPECT_THROW(read_records(std::as_bytes(std::span{bytes})), Error);
}

// Whoever owns it may make it shorter while we read it.
TEST(RecordingFile, MayBecomeShorterUnderOurHands) {
  for (const std::uintmax_t part : {1, 2, 16, 1000}) {
    Recorder recorder{{.bytes = 64 << 10}};
    for (std::uint64_t i = 0; i < 1500; ++i) recorder.record(RecordTag::user, sample(i));
    const RecordingFile file{recorder.path()};
    EXPECT_EQ(file.read().records.size(), 1024u);
    // What the recorder has mapped beyond that it must not touch any more, nor does it.
    const auto size = std::filesystem::file_size(recorder.path());
    std::filesystem::resize_file(recorder.path(), std::max<std::uintmax_t>(size / part - 1, 4096));
    EXPECT_THROW(file.read(), Error) << part;
    EXPECT_TRUE(file.live());
  }
}

TEST(RecordingFile, MayBecomeEmptyUnderOurHands) {
  const std::string path = testing::TempDir() + "/emptied";
  {
    const Recorder recorder{{}};
    std::filesystem::copy_file(recorder.path(), path,
                               std::filesystem::copy_options::overwrite_existing);
  }
  const RecordingFile file{path};
  std::filesystem::resize_file(path, 0);
  EXPECT_THROW(file.read(), Error);
  EXPECT_THROW(file.live(), Error);
  std::filesystem::remove(path);
}

TEST(RecordingFile, AnyOfItsBytesMayBeMissing) {
  Recorder recorder{{.bytes = 64 << 10}};
  for (std::uint64_t i = 0; i < 1500; ++i) recorder.record(RecordTag::user, sample(i));
  const auto bytes = contents(recorder.path());
  for (std::size_t size = 0; size < bytes.size(); size += 97) {
    std::vector<char> part(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_THROW(read_records(std::as_bytes(std::span{part})), Error);
  }
}

}  // namespace
}  // namespace drmshow
