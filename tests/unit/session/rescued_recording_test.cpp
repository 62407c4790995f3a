#include "session/rescued_recording.hpp"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "drm-show/recorder.hpp"
#include "drm-show/recording.hpp"

namespace drmshow::test {
namespace {

namespace fs = std::filesystem;

class RescuedRecording : public testing::Test {
 protected:
  RescuedRecording() {
    std::string pattern = testing::TempDir() + "rescue-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    std::ofstream{from()} << content_;
    put(rescue_.from, from());
    put(rescue_.folder, (folder_ / "state" / "drm-show").string());
    put(rescue_.name, "drm-record.1");
  }
  ~RescuedRecording() override { fs::remove_all(folder_); }

  std::string from() const { return folder_ / "recording"; }
  fs::path to() const { return fs::path{rescue_.folder.data()} / rescue_.name.data(); }
  static std::string read(const fs::path& path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator{file}, {}};
  }
  static unsigned permissions(const fs::path& path) {
    struct stat found {};
    ::stat(path.c_str(), &found);
    return found.st_mode & 07777u;
  }

  fs::path folder_;
  std::string content_ = std::string(100'000, 'x') + "the end";
  RecordingRescue rescue_;
};

TEST_F(RescuedRecording, IsMovedToFoldersThatAreMadeForIt) {
  EXPECT_EQ(save(rescue_), 0);
  EXPECT_EQ(read(to()), content_);
  EXPECT_FALSE(fs::exists(from()));
  EXPECT_EQ(permissions(to()), 0600u);
  EXPECT_EQ(permissions(to().parent_path()), 0700u);
}

// Its last record may be hours old: a picture stood still.
TEST_F(RescuedRecording, SaysWhenItsWriterWasFoundDead) {
  fs::remove(from());
  Recorder recorder{{.directory = folder_}};
  recorder.keep();
  fs::rename(recorder.path(), from());
  const Time before = Clock::now();
  EXPECT_FALSE(RecordingFile{from()}.info().died);
  EXPECT_EQ(save(rescue_), 0);
  const RecordingInfo saved = RecordingFile{to()}.info();
  ASSERT_TRUE(saved.died);
  EXPECT_GE(*saved.died, before);
  EXPECT_LE(*saved.died, Clock::now());
  EXPECT_EQ(saved.died_realtime_offset / std::chrono::seconds{1},
            saved.realtime_offset / std::chrono::seconds{1});
  EXPECT_GE(saved.died_boottime_offset, Nanoseconds{});
  put(rescue_.from, to().string());  // it stays dead since then
  put(rescue_.name, "drm-record.2");
  EXPECT_EQ(save(rescue_), 0);
  EXPECT_EQ(RecordingFile{to()}.info().died, saved.died);
}

TEST_F(RescuedRecording, TakesThePlaceOfTheOldest) {
  fs::create_directories(to().parent_path());
  const fs::path old = to().parent_path() / "drm-record.0";
  std::ofstream{old} << "old";
  put(rescue_.oldest, "drm-record.0");
  EXPECT_EQ(save(rescue_), 0);
  EXPECT_FALSE(fs::exists(old));
  EXPECT_TRUE(fs::exists(to()));
}

TEST_F(RescuedRecording, StaysWhereItIsIfItCannotBeCopied) {
  fs::create_directories(to().parent_path());
  const fs::path old = to().parent_path() / "drm-record.0";
  std::ofstream{old} << "old";
  put(rescue_.oldest, "drm-record.0");
  fs::create_symlink(folder_ / "elsewhere", to());
  EXPECT_EQ(save(rescue_), EEXIST) << "nobody leads us elsewhere";
  EXPECT_FALSE(fs::exists(folder_ / "elsewhere"));
  EXPECT_EQ(read(from()), content_);
  EXPECT_TRUE(fs::exists(old)) << "the oldest goes when the new one is there";
  put(rescue_.folder, from());
  EXPECT_EQ(save(rescue_), ENOTDIR);
  put(rescue_.folder, "");
  EXPECT_EQ(save(rescue_), ENOENT);
  EXPECT_EQ(save(RecordingRescue{}), ENOENT);
  EXPECT_EQ(read(from()), content_);
}

TEST_F(RescuedRecording, OthersMayLookIntoItsFolderButNotWriteThere) {
  const fs::path folder = to().parent_path();
  fs::create_directories(folder);
  for (const ::mode_t others : {0775u, 0707u, 01777u}) {
    ASSERT_EQ(::chmod(folder.c_str(), others), 0);
    EXPECT_EQ(save(rescue_), EPERM) << others;
    EXPECT_EQ(read(from()), content_);
  }
  ASSERT_EQ(::chmod(folder.c_str(), 0755), 0);  // as systemd makes it
  EXPECT_EQ(save(rescue_), 0);
  EXPECT_EQ(permissions(to()), 0600u);
}

TEST_F(RescuedRecording, LeavesNothingHalfOnAFullDisk) {
  put(rescue_.from, "/proc/self/mem");  // reading it fails
  fs::create_directories(to().parent_path());
  EXPECT_EQ(save(rescue_), EIO);
  EXPECT_FALSE(fs::exists(to()));
}

TEST(RescuedRecordingText, WhatDoesNotFitIsLeftOut) {
  std::array<char, 4> text{'a', 'b', 'c', 0};
  EXPECT_FALSE(put(text, "four"));
  EXPECT_EQ(text[0], 0);
  EXPECT_TRUE(put(text, "xyz"));
  EXPECT_STREQ(text.data(), "xyz");
}

}  // namespace
}  // namespace drmshow::test
