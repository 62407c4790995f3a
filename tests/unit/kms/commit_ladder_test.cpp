#include "kms/commit_ladder.hpp"

#include <cerrno>
#include <set>

#include <gtest/gtest.h>

namespace drmshow {
namespace {

constexpr CommitContext all_contexts[] = {CommitContext::async_flip, CommitContext::fenced_flip,
                                          CommitContext::flip, CommitContext::special_modeset,
                                          CommitContext::modeset};

TEST(CommitLadder, BusyAndMemoryPassByThemselves) {
  for (const CommitContext context : all_contexts) {
    for (const int errnum : {EBUSY, ENOMEM, EDEADLK}) {
      EXPECT_EQ(next_step(errnum, context), CommitStep::wait);
    }
  }
}

TEST(CommitLadder, WhoIsNotMasterTouchesNothing) {
  for (const CommitContext context : all_contexts) {
    EXPECT_EQ(next_step(EACCES, context), CommitStep::suspend);
  }
}

TEST(CommitLadder, ALostDeviceIsGivenUp) {
  for (const CommitContext context : all_contexts) {
    for (const int errnum : {ENODEV, EIO, EFAULT, 12345}) {
      EXPECT_EQ(next_step(errnum, context), CommitStep::give_up);
    }
  }
}

TEST(CommitLadder, TearingGoesFirstWhateverTheRefusal) {
  for (const int errnum : {EINVAL, EPERM, ERANGE, ENOSPC, ENOENT, EOPNOTSUPP}) {
    EXPECT_EQ(next_step(errnum, CommitContext::async_flip), CommitStep::synchronous) << errnum;
  }
}

TEST(CommitLadder, ARefusedFenceIsWaitedForByUs) {
  for (const int errnum : {EINVAL, EPERM, EOPNOTSUPP}) {
    EXPECT_EQ(next_step(errnum, CommitContext::fenced_flip), CommitStep::without_fence) << errnum;
  }
}

TEST(CommitLadder, ARefusedFlipMeansThatTheModeIsNotSet) {
  for (const int errnum : {EINVAL, ERANGE, ENOENT, ENOSPC}) {
    EXPECT_EQ(next_step(errnum, CommitContext::flip), CommitStep::set_mode) << errnum;
  }
}

TEST(CommitLadder, ARefusedModesetIsTriedWithoutTheUsersSettingsAndThenGivenUp) {
  for (const int errnum : {EINVAL, ERANGE, ENOENT, ENOSPC, EOPNOTSUPP}) {
    EXPECT_EQ(next_step(errnum, CommitContext::special_modeset), CommitStep::without_extras);
    EXPECT_EQ(next_step(errnum, CommitContext::modeset), CommitStep::give_up);
  }
}

// Each step that says "again, but otherwise" leads to another context, so that no error can go
// round in a circle; waiting and suspending are bounded by time, by whoever carries them out.
TEST(CommitLadder, EveryRowComesToAnEnd) {
  const auto next_context = [](CommitContext from, CommitStep step) {
    switch (step) {
      case CommitStep::synchronous:
      case CommitStep::without_fence:
        return CommitContext::flip;
      case CommitStep::set_mode:
        return CommitContext::special_modeset;
      case CommitStep::without_extras:
        return CommitContext::modeset;
      default:
        return from;
    }
  };
  for (const LadderRow& row : commit_ladder()) {
    for (CommitContext context : all_contexts) {
      std::set<CommitContext> seen;
      while (seen.insert(context).second) {
        context = next_context(context, next_step(row.errnum, context));
      }
      const CommitStep last = next_step(row.errnum, context);
      EXPECT_TRUE(last == CommitStep::give_up || last == CommitStep::wait ||
                  last == CommitStep::suspend)
          << row.errnum;
    }
  }
}

TEST(CommitLadder, NoErrorHasTwoRows) {
  std::set<int> seen;
  for (const LadderRow& row : commit_ladder()) EXPECT_TRUE(seen.insert(row.errnum).second);
  EXPECT_TRUE(seen.contains(0));
}

}  // namespace
}  // namespace drmshow
