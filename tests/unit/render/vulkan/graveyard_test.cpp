#include "render/vulkan/graveyard.hpp"

#include <memory>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace drmshow {
namespace {

/// Writes its name down when it ends, once, as objects do that can be moved.
class Mortal {
 public:
  Mortal(std::string& ended, char name) : ended_{&ended}, name_{name} {}
  Mortal(Mortal&& other) noexcept
      : ended_{std::exchange(other.ended_, nullptr)}, name_{other.name_} {}
  Mortal& operator=(Mortal&&) = delete;
  ~Mortal() {
    if (ended_) *ended_ += name_;
  }

 private:
  std::string* ended_;
  char name_;
};

TEST(Graveyard, KeepsWhatTheGpuMayStillUse) {
  std::string ended;
  Graveyard graves;
  graves.bury(Mortal{ended, 'a'}, 1);
  graves.bury(Mortal{ended, 'b'}, 3);
  graves.bury(Mortal{ended, 'c'}, 3);
  graves.bury(Mortal{ended, 'd'}, 5);
  EXPECT_EQ(graves.size(), 4U);
  graves.collect(0);
  EXPECT_EQ(ended, "");
  graves.collect(2);
  EXPECT_EQ(ended, "a");
  graves.collect(3);
  EXPECT_EQ(ended, "abc");
  graves.collect(4);
  EXPECT_EQ(ended, "abc");
  EXPECT_EQ(graves.size(), 1U);
  graves.collect(6);
  EXPECT_EQ(ended, "abcd");
  EXPECT_EQ(graves.size(), 0U);
}

TEST(Graveyard, WhatWasNeverUsedEndsAtTheNextCollection) {
  std::string ended;
  Graveyard graves;
  graves.bury(Mortal{ended, 'a'}, 0);
  EXPECT_EQ(ended, "");
  graves.collect(0);
  EXPECT_EQ(ended, "a");
}

TEST(Graveyard, ALateOneDoesNotHoldUpThoseBehindIt) {
  std::string ended;
  Graveyard graves;
  graves.bury(Mortal{ended, 'a'}, 9);
  graves.bury(Mortal{ended, 'b'}, 2);
  graves.collect(2);
  EXPECT_EQ(ended, "b");
}

TEST(Graveyard, EndsEverythingWithItself) {
  std::string ended;
  {
    Graveyard graves;
    graves.bury(Mortal{ended, 'a'}, 9);
    graves.bury(std::make_unique<Mortal>(ended, 'b'), 10);
  }
  EXPECT_EQ(ended, "ab");
}

}  // namespace
}  // namespace drmshow
