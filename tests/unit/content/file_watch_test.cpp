// Files that change as editors change them.
#include "content/file_watch.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <poll.h>

#include "drm-show/error.hpp"

namespace drmshow::test {
namespace {

namespace fs = std::filesystem;

class WatchedFolder : public ::testing::Test {
 protected:
  WatchedFolder() : folder_{::testing::TempDir() + "drm-show-watch-XXXXXX"} {
    if (::mkdtemp(folder_.data()) == nullptr) std::abort();
    write("a.frag", "first");
  }
  ~WatchedFolder() override { fs::remove_all(folder_); }

  fs::path file(const std::string& name) const { return fs::path{folder_} / name; }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream{file(name)} << text;
  }
  static bool readable(const FileWatch& watch) {
    pollfd wanted{.fd = watch.fd(), .events = POLLIN, .revents = 0};
    return ::poll(&wanted, 1, 0) == 1;
  }

 private:
  std::string folder_;
};

TEST_F(WatchedFolder, SaysNothingWhileNothingHappens) {
  FileWatch watch{file("a.frag")};
  EXPECT_FALSE(readable(watch));
  EXPECT_FALSE(watch.changed());
  std::ifstream{file("a.frag")}.get();
  EXPECT_FALSE(watch.changed());
}

TEST_F(WatchedFolder, NoticesWhatIsWrittenOnceItIsClosed) {
  FileWatch watch{file("a.frag")};
  std::ofstream out{file("a.frag")};
  out << "second" << std::flush;
  EXPECT_FALSE(watch.changed());
  out.close();
  EXPECT_TRUE(readable(watch));
  EXPECT_TRUE(watch.changed());
  EXPECT_FALSE(readable(watch));
  EXPECT_FALSE(watch.changed());
}

TEST_F(WatchedFolder, NoticesAReplacementAgainAndAgain) {
  FileWatch watch{file("a.frag")};
  for (int i = 0; i < 3; ++i) {
    write("a.frag.new", "next");
    EXPECT_FALSE(watch.changed());
    fs::rename(file("a.frag.new"), file("a.frag"));
    EXPECT_TRUE(watch.changed());
  }
  fs::remove(file("a.frag"));
  EXPECT_FALSE(watch.changed());
  write("a.frag", "back");
  EXPECT_TRUE(watch.changed());
}

TEST_F(WatchedFolder, IsNotWokenForGoodByOthers) {
  FileWatch watch{file("a.frag")};
  for (int i = 0; i < 1000; ++i) write("b.frag", "other");
  EXPECT_FALSE(watch.changed());
  EXPECT_FALSE(readable(watch));
}

TEST_F(WatchedFolder, NoticesWhatALinkLeadsTo) {
  fs::create_directory(file("elsewhere"));
  write("elsewhere/real.frag", "first");
  fs::create_symlink("elsewhere/real.frag", file("link.frag"));
  FileWatch watch{file("link.frag")};
  write("elsewhere/real.frag", "second");
  EXPECT_TRUE(watch.changed());
  fs::create_directory(file("other"));
  write("other/its.frag", "first");
  fs::create_symlink("other/its.frag", file("new-link"));
  fs::rename(file("new-link"), file("link.frag"));
  EXPECT_TRUE(watch.changed());
  write("elsewhere/real.frag", "third");
  EXPECT_FALSE(watch.changed());
  write("other/its.frag", "second");
  EXPECT_TRUE(watch.changed());
}

TEST_F(WatchedFolder, FindsNamesWithoutAFolder) {
  const auto before = fs::current_path();
  fs::current_path(file("."));
  FileWatch watch{"a.frag"};
  write("a.frag", "second");
  fs::current_path(before);
  EXPECT_TRUE(watch.changed());
}

TEST_F(WatchedFolder, SaysWhyItCannotWatch) {
  try {
    FileWatch watch{file("nowhere/a.frag")};
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.errnum(), ENOENT);
  }
}

}  // namespace
}  // namespace drmshow::test
