#include "show/backend_choice.hpp"

#include <gtest/gtest.h>

#include "drm-show/error.hpp"
#include "show/frame_size.hpp"

namespace drmshow::test {
namespace {

Surroundings in_a_session(DisplayOwner owner) {
  return {.compositor = "/run/user/1/wayland-1",
          .answers = true,
          .owner = owner,
          .device = "card0 (vkms)"};
}

TEST(BackendChoice, IsDisplaysWithoutAWordOutsideOfASession) {
  for (const auto owner : {DisplayOwner::nobody, DisplayOwner::another, DisplayOwner::missing}) {
    const auto choice = choose_backend({}, {.compositor = {}, .owner = owner, .device = "card0"});
    EXPECT_EQ(choice.backend, Backend::kms);
    EXPECT_EQ(choice.reason, "");
  }
}

TEST(BackendChoice, IsAWindowIfDisplaysCannotBeHad) {
  for (const auto owner : {DisplayOwner::another, DisplayOwner::hidden, DisplayOwner::missing}) {
    const auto choice = choose_backend({}, in_a_session(owner));
    EXPECT_EQ(choice.backend, Backend::wayland);
    EXPECT_NE(choice.reason, "");
  }
  EXPECT_EQ(choose_backend({}, in_a_session(DisplayOwner::another)).reason,
            "another program is DRM master on card0 (vkms)");
}

TEST(BackendChoice, IsDisplaysIfTheyCanBeHad) {
  const auto choice = choose_backend({}, in_a_session(DisplayOwner::nobody));
  EXPECT_EQ(choice.backend, Backend::kms);
  EXPECT_EQ(choice.reason, "card0 (vkms) is free");
}

TEST(BackendChoice, TakesNoCompositorThatDoesNotAnswer) {
  auto now = in_a_session(DisplayOwner::another);
  now.answers = false;
  EXPECT_EQ(choose_backend({}, now).backend, Backend::kms);
}

TEST(BackendChoice, HearsWhatOnlyDisplaysCanDo) {
  Options options;
  options.display_asked = "--tty";
  const auto choice = choose_backend(options, in_a_session(DisplayOwner::another));
  EXPECT_EQ(choice.backend, Backend::kms);
  EXPECT_EQ(choice.reason, "--tty is about displays");
}

std::optional<Size> size_of(const std::string& mode) {
  Options options;
  options.mode = mode;
  const auto wished = wished_size(options);
  return wished ? std::optional{wished->size} : std::nullopt;
}

TEST(FrameSize, IsWhatModeSays) {
  EXPECT_EQ(size_of("preferred"), std::nullopt);
  EXPECT_EQ(size_of("640x480"), (Size{640, 480}));
  EXPECT_EQ(size_of("16384x1@25"), (Size{16384, 1}));
  for (const char* bad : {"highest", "#1", "16385x2", "", "x", "0x5"}) {
    EXPECT_THROW(static_cast<void>(size_of(bad)), Error) << bad;
  }
}

}  // namespace
}  // namespace drmshow::test
