// Nobody else reads what a recorder writes, and nobody leads it to another file.
#include <csignal>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drm-show/error.hpp"
#include "drm-show/recorder.hpp"
#include "drm-show/recording.hpp"

namespace drmshow {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr uid_t somebody_else = 65534;  // nobody

/// A folder that everybody may look into, and that is gone afterwards.
class Folder {
 public:
  explicit Folder(fs::perms perms = fs::perms::all) {
    std::string name = testing::TempDir() + "/recordings-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::system_error{errno, std::generic_category()};
    path_ = name;
    fs::permissions(path_, perms);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string own_name() {
  return "drm-record." + std::to_string(::getpid());
}

/// Whether this is true for another user. Its exit says so: no gtest in it.
template <class Truth>
bool is_true_for_somebody_else(const Truth& truth) {
  const pid_t child = ::fork();
  if (child == 0) {
    const bool other = ::setgid(somebody_else) == 0 && ::setuid(somebody_else) == 0;
    ::_exit(other && truth() ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

Error error_of_recorder(const RecorderOptions& options) {
  try {
    const Recorder recorder{options};
  } catch (const Error& error) {
    return error;
  }
  return Error{Failure::usage, "no error", ""};
}

TEST(RecorderPermissions, WhateverTheUmask) {
  const mode_t before = ::umask(0);
  const Recorder recorder{{}};
  ::umask(before);
  struct stat found {};
  ASSERT_EQ(::stat(recorder.path().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 07777u, 0600u);
  EXPECT_EQ(found.st_uid, ::geteuid());
}

// Whoever may make files in the folder can guess the name.
TEST(RecorderPermissions, ALinkInItsPlaceLeadsNowhere) {
  const Folder folder;
  const fs::path victim = folder.path() / "victim";
  std::ofstream{victim} << "precious";
  fs::create_symlink(victim, folder.path() / own_name());
  fs::create_symlink("not-there", folder.path() / (own_name() + ".1"));
  const Recorder recorder{{.directory = folder.path()}};
  EXPECT_EQ(recorder.path(), folder.path() / (own_name() + ".2"));
  EXPECT_EQ(fs::file_size(victim), 8u);
  EXPECT_FALSE(fs::exists(folder.path() / "not-there"));
}

TEST(RecorderPermissions, AFileInItsPlaceStaysAnothers) {
  const Folder folder;
  const fs::path planted = folder.path() / own_name();
  std::ofstream{planted} << "planted";
  const Recorder recorder{{.directory = folder.path()}};
  EXPECT_NE(recorder.path(), planted);
  EXPECT_EQ(fs::file_size(planted), 7u);
}

TEST(RecorderPermissions, AnotherUserSeesNothingOfIt) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can be somebody else";
  const Folder folder;
  Recorder recorder{{.directory = folder.path()}};
  recorder.record_text(RecordTag::note, "secret");
  const std::string path = recorder.path();
  EXPECT_TRUE(is_true_for_somebody_else([&] {
    return ::access(path.c_str(), F_OK) == 0 && ::open(path.c_str(), O_RDONLY) < 0 &&
           errno == EACCES && ::open(path.c_str(), O_WRONLY) < 0 && errno == EACCES &&
           ::truncate(path.c_str(), 0) < 0 && errno == EACCES;
  }));
  EXPECT_TRUE(is_true_for_somebody_else([&] {
    try {
      const RecordingFile file{path};
    } catch (const Error& error) {
      return error.failure() == Failure::no_permission && !error.hint().empty() &&
             std::string_view{error.what()}.find(path) != std::string_view::npos;
    }
    return false;
  }));
}

TEST(RecorderPermissions, WhereItMayNotWriteItSaysSo) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can be somebody else";
  const Folder folder{fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec};
  EXPECT_TRUE(is_true_for_somebody_else([&] {
    const Error error = error_of_recorder({.directory = folder.path()});
    return error.failure() == Failure::unexpected && error.code().value() == EACCES &&
           std::string_view{error.what()}.find(folder.path().string()) != std::string_view::npos &&
           std::string_view{error.hint()}.find("--record off") != std::string_view::npos;
  }));
}

TEST(RecorderPermissions, WhereThereIsNoMemoryNothingIsLeft) {
  const Folder folder;
  struct rlimit before {};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto old = std::signal(SIGXFSZ, SIG_IGN);
  const struct rlimit small { 16384, before.rlim_max };
  ::setrlimit(RLIMIT_FSIZE, &small);
  const Error error = error_of_recorder({.directory = folder.path()});
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, old);
  EXPECT_EQ(error.code().value(), EFBIG);
  EXPECT_THAT(error.hint(), HasSubstr("--record 64K"));
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

}  // namespace
}  // namespace drmshow
