// Runs whose slots return by release: what a compositor may do, and what nobody may make of it.
#include "replay_cases.hpp"

namespace drmshow::model::test {
namespace {

const char* const over_wayland = "slots 3 policy fifo outputs 1 return release";

// A compositor has the first frame on the screen, and the second one pending.
const std::string two_committed =
    "0 0 acquire slot=0 frame=1\n"
    "0 0 submit slot=0 frame=1 fence=none\n"
    "0 0 commit slot=0 frame=1 cookie=1\n"
    "0 0 flip slot=0 frame=1 cookie=1\n"
    "0 0 acquire slot=1 frame=2\n"
    "0 0 submit slot=1 frame=2 fence=none\n"
    "0 0 commit slot=1 frame=2 cookie=2\n";

TEST(Replay, TakesRunsOverWayland) {
  const std::string replaced = two_committed + "0 0 flip slot=1 frame=2 cookie=2\n";
  const Case cases[] = {
      {"released when it is replaced",
       replaced + "0 0 release slot=0 frame=1\n0 0 acquire slot=0 frame=3\n", ""},
      {"released before the frame callback",
       two_committed + "0 0 release slot=0 frame=1\n0 0 acquire slot=2 frame=3\n"
                       "0 0 discard slot=2 frame=3\n0 0 flip cookie=2\n"
                       "0 0 acquire slot=0 frame=4\n",
       ""},
      {"copied at once",
       two_committed + "0 0 release slot=1 frame=2\n0 0 flip cookie=2\n"
                       "0 0 release slot=0 frame=1\n0 0 acquire slot=0 frame=3\n",
       ""},
      {"never released: there is a third one", replaced + "0 0 acquire slot=2 frame=3\n", ""},
      {"busy: nobody holds it",
       replaced + "0 0 acquire slot=2 frame=3\n0 0 submit slot=2 frame=3 fence=none\n"
                  "0 0 busy slot=2 frame=3 cookie=3\n0 0 commit slot=2 frame=3 cookie=4\n"
                  "0 0 release slot=2 frame=3\n",
       ""},
      {"released before we know that the GPU has done",
       replaced + "0 0 acquire slot=2 frame=3\n0 0 submit slot=2 frame=3 fence=native\n"
                  "0 0 commit slot=2 frame=3 cookie=3\n0 0 release slot=2 frame=3\n"
                  "0 0 signal slot=2 frame=3\n0 0 flip cookie=3\n",
       ""},
      {"off, and back",
       two_committed + "0 0 leave\n0 0 off\n0 0 cancelled slot=1 frame=2\n0 0 enter\n"
                       "0 0 acquire slot=0 frame=3\n"
                       "0 0 submit slot=0 frame=3 fence=none\n"
                       "0 0 commit slot=0 frame=3 cookie=3\n0 0 stale_flip cookie=2\n",
       ""},
      {"away, and released", replaced + "0 0 leave\n0 0 release slot=0 frame=1\n0 0 enter\n", ""},
      {"seen, and not seen",
       replaced + "0 0 seen slot=1 frame=2 sequence=7 shown=0.500000000\n"
                  "0 0 unseen slot=0 frame=1\n",
       ""},
      {"the end", two_committed + "0 0 close\n0 0 flip cookie=2\n0 0 abort\n", ""},
  };
  for (const Case& each : cases) {
    const Verdict verdict = judge(log_of(each.lines, over_wayland));
    EXPECT_TRUE(verdict.good) << each.what << ":\n" << verdict.text;
  }
}

TEST(Replay, RefusesWhatNobodyCanDoOverWayland) {
  const std::string replaced = two_committed + "0 0 flip slot=1 frame=2 cookie=2\n";
  const std::string third = replaced + "0 0 acquire slot=2 frame=3\n";
  const Case cases[] = {
      {"drawn into before it was released", replaced + "0 0 acquire slot=0 frame=3\n",
       "gives another one: slot 2 frame 3"},
      {"drawn into before any was released",
       third + "0 0 submit slot=2 frame=3 fence=none\n0 0 commit slot=2 frame=3 cookie=3\n"
               "0 0 flip cookie=3\n0 0 acquire slot=0 frame=4\n",
       "gives no slot now"},
      {"drawn into while it is on the screen, though released",
       two_committed + "0 0 release slot=0 frame=1\n0 0 acquire slot=0 frame=3\n",
       "gives another one: slot 2 frame 3"},
      {"released twice", replaced + "0 0 release slot=0 frame=1\n0 0 release slot=0 frame=1\n",
       "does not hold"},
      {"released and not committed", third + "0 0 release slot=2 frame=3\n", "does not hold"},
      {"released as it was refused",
       third + "0 0 submit slot=2 frame=3 fence=none\n0 0 busy slot=2 frame=3 cookie=3\n"
               "0 0 release slot=2 frame=3\n",
       "does not hold"},
      {"a release of long ago", replaced + "0 0 release slot=0 frame=2\n", "not in that slot"},
      {"a release after off",
       two_committed + "0 0 leave\n0 0 off\n0 0 cancelled slot=1 frame=2\n"
                       "0 0 release slot=0 frame=1\n",
       "does not hold"},
      {"seen twice", replaced + "0 0 seen slot=1 frame=2\n0 0 seen slot=1 frame=2\n",
       "was said before"},
      {"seen before it was committed", third + "0 0 seen slot=2 frame=3\n", "no compositor has"},
      {"a mode is set",
       "0 0 acquire slot=0 frame=1\n0 0 submit slot=0 frame=1 fence=none\n"
       "0 0 modeset slot=0 frame=1 cookie=1\n",
       "does not have to set the mode"},
      {"a reset", two_committed + "0 0 reset cookie=2\n", "cannot happen now: reset"},
      {"a watchdog", two_committed + "0 0 watchdog cookie=2\n", "cannot happen now: watchdog"},
      {"a field is missing", replaced + "0 0 release slot=0\n", "a field is missing"},
      {"a field too many", replaced + "0 0 release slot=0 frame=1 cookie=1\n", "does not have"},
  };
  for (const Case& each : cases) expect_refused(each, over_wayland);
  expect_refused(
      {"a release of a CRTC", two_shown + "0 0 release slot=0 frame=1\n", "does not hold"},
      "slots 3 policy fifo outputs 1");
}

}  // namespace
}  // namespace drmshow::model::test
