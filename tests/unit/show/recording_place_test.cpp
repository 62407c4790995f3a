#include "show/recording_place.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace drmshow::test {
namespace {

namespace fs = std::filesystem;

TEST(RecordingFolder, IsTheServicesOrRootsOrTheUsers) {
  EXPECT_EQ(recording_folder({.root = true, .state_directory = "/var/lib/wall:/var/lib/more"}),
            "/var/lib/wall");
  EXPECT_EQ(recording_folder({.root = true, .xdg_state_home = "/x", .home = "/home/me"}),
            "/var/lib/drm-show")
      << "sudo keeps the user's HOME";
  EXPECT_EQ(recording_folder({.xdg_state_home = "/x", .home = "/home/me"}), "/x/drm-show");
  EXPECT_EQ(recording_folder({.xdg_state_home = "", .home = "/home/me"}),
            "/home/me/.local/state/drm-show");
  EXPECT_EQ(recording_folder({.xdg_state_home = "relative", .home = "/h"}),
            "/h/.local/state/drm-show")
      << "so says the XDG specification";
  EXPECT_EQ(recording_folder({.home = "relative"}), "");
  EXPECT_EQ(recording_folder({}), "");
}

class PrepareRescue : public testing::Test {
 protected:
  PrepareRescue() {
    std::string pattern = testing::TempDir() + "kept-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~PrepareRescue() override { fs::remove_all(folder_); }

  void keep(int count) {
    for (int i = 0; i < count; ++i)
      std::ofstream{folder_ / fmt::format("drm-record.20260101-0000{:02}.7", i)};
  }
  std::size_t kept() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator{folder_}, fs::directory_iterator{}));
  }

  fs::path folder_;
};

TEST_F(PrepareRescue, TenAreKept) {
  keep(9);
  const RecordingRescue room = prepare_rescue("/dev/shm/drm-record.7", folder_);
  EXPECT_STREQ(room.from.data(), "/dev/shm/drm-record.7");
  EXPECT_EQ(room.folder.data(), folder_.string());
  EXPECT_THAT(room.name.data(), testing::MatchesRegex("drm-record\\.[0-9]+-[0-9]+\\.[0-9]+"));
  EXPECT_STREQ(room.oldest.data(), "");
  keep(10);
  EXPECT_STREQ(prepare_rescue("/r", folder_).oldest.data(), "drm-record.20260101-000000.7");
  EXPECT_EQ(kept(), 10u);
  keep(13);
  std::ofstream{folder_ / "a file of somebody's"};
  EXPECT_STREQ(prepare_rescue("/r", folder_).oldest.data(), "drm-record.20260101-000003.7");
  EXPECT_EQ(kept(), 11u);
}

TEST_F(PrepareRescue, AFolderThatIsNotThereIsNoMistake) {
  const RecordingRescue rescue = prepare_rescue("/r", folder_ / "later");
  EXPECT_TRUE(rescue.wanted());
  EXPECT_STREQ(rescue.oldest.data(), "");
  EXPECT_FALSE(fs::exists(folder_ / "later")) << "it is made when it is needed";
}

}  // namespace
}  // namespace drmshow::test
