#include "render/vulkan/gpu_choice.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

using testing::HasSubstr;

const NodeNumber card0{226, 0};
const NodeNumber card1{226, 1};
const NodeNumber render128{226, 128};
const NodeNumber render129{226, 129};

GpuInfo gpu(const std::string& name, GpuKind kind, std::optional<NodeNumber> primary = {},
            std::optional<NodeNumber> render = {}) {
  return {name, "driver-of-" + name, kind, primary, render, {}};
}

const GpuInfo llvmpipe = gpu("llvmpipe (LLVM)", GpuKind::software);
const GpuInfo discrete = gpu("Big GPU", GpuKind::discrete, card1, render129);
const GpuInfo integrated = gpu("Small GPU", GpuKind::integrated, card0, render128);
const GpuInfo board = gpu("Board GPU", GpuKind::integrated, {}, render128);
const GpuInfo other = gpu("Odd GPU", GpuKind::other);
const GpuInfo guest = gpu("Guest GPU", GpuKind::virtual_gpu);

struct Case {
  std::string name;
  std::vector<GpuInfo> gpus;
  DisplayNodes display;
  std::string wish;
  std::string chosen;
  bool own = false;
};

class GpuChoiceTest : public testing::TestWithParam<Case> {};

TEST_P(GpuChoiceTest, Chooses) {
  const Case& test = GetParam();
  const GpuChoice choice = choose_gpu(test.gpus, test.display, test.wish);
  EXPECT_EQ(test.gpus[choice.index].name, test.chosen);
  EXPECT_EQ(choice.is_displays_own, test.own);
  EXPECT_FALSE(choice.reason.empty());
}

INSTANTIATE_TEST_SUITE_P(
    All, GpuChoiceTest,
    testing::Values(
        Case{"only", {llvmpipe}, {card0, {}}, "", llvmpipe.name},
        Case{"own_primary", {integrated, discrete}, {card1, {}}, "", discrete.name, true},
        Case{"own_render", {integrated, board}, {{}, render128}, "", integrated.name, true},
        Case{"own_before_faster", {discrete, integrated}, {card0, {}}, "", integrated.name, true},
        Case{"split_board", {llvmpipe, board}, {card1, {}}, "", board.name},
        Case{"headless", {llvmpipe, discrete, integrated}, {}, "", integrated.name},
        Case{"software_last", {llvmpipe, other}, {}, "", other.name},
        Case{"guest_before_other", {other, guest}, {}, "", guest.name},
        Case{"no_nodes_match_no_nodes", {llvmpipe, guest}, {{}, {}}, "", guest.name},
        Case{"by_place", {integrated, discrete}, {card0, {}}, "#1", discrete.name},
        Case{"by_name", {integrated, discrete}, {card0, {}}, "big", discrete.name},
        Case{"by_driver", {integrated, discrete}, {}, "OF-SMALL", integrated.name},
        Case{"software", {integrated, llvmpipe}, {card0, {}}, "software", llvmpipe.name},
        Case{
            "wished_and_own", {integrated, discrete}, {card0, {}}, "small", integrated.name, true}),
    [](const auto& test) { return test.param.name; });

std::string refusal(const std::vector<GpuInfo>& gpus, const std::string& wish) {
  try {
    choose_gpu(gpus, {}, wish);
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::gpu);
    return std::string{error.what()} + " / " + error.hint();
  }
  return "nothing was thrown";
}

TEST(GpuChoice, SaysWhatThereIs) {
  GpuInfo old = discrete;
  old.lacks = "Vulkan 1.3";
  EXPECT_THAT(refusal({}, ""), HasSubstr("finds no GPU"));
  EXPECT_THAT(refusal({old}, ""), HasSubstr("lacks Vulkan 1.3"));
  EXPECT_THAT(refusal({integrated, old}, "big"), HasSubstr("\"big\""));
  EXPECT_THAT(refusal({integrated, old}, "big"), HasSubstr("#0 Small GPU"));
  for (const char* wish : {"#2", "#", "#x", "#1x", "#99999999999999999999999"}) {
    EXPECT_THAT(refusal({integrated, discrete}, wish), HasSubstr(wish));
  }
}

TEST(GpuChoice, SaysWhy) {
  EXPECT_EQ(choose_gpu(std::vector{llvmpipe}, {}, "").reason,
            "there is no other, the processor draws");
  EXPECT_EQ(choose_gpu(std::vector{integrated}, {card0, {}}, "").reason, "it is the display's own");
  EXPECT_EQ(choose_gpu(std::vector{integrated}, {card1, {}}, "").reason,
            "the display has none of its own");
  EXPECT_EQ(choose_gpu(std::vector{integrated}, {card0, {}}, "#0").reason, "it was asked for");
}

}  // namespace
}  // namespace drmshow
