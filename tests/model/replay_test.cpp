// Runs that the model knows, and what could be wrong with them: each broken one has to be refused,
// at the line where it goes wrong.
#include "replay_cases.hpp"

namespace drmshow::model::test {
namespace {

TEST(Replay, TakesRunsOfTheModel) {
  const Case cases[] = {
      {"two frames", two_shown, ""},
      {"a flip says which frame",
       "0 0 acquire slot=0 frame=1\n0 0 submit slot=0 frame=1 fence=none\n"
       "0 0 modeset slot=0 frame=1 cookie=1\n0 0 acquire slot=1 frame=2\n"
       "0 0 submit slot=1 frame=2 fence=none\n0 0 commit slot=1 frame=2 cookie=2\n"
       "0 0 flip slot=1 frame=2 cookie=2\n",
       ""},
      {"busy, and again",
       two_shown + "0 0 submit slot=2 frame=3 fence=none\n"
                   "0 0 busy slot=2 frame=3 cookie=3 errno=16\n0 0 commit slot=2 frame=3 cookie=4\n"
                   "0 0 flip cookie=4\n",
       ""},
      {"refused for good",
       two_shown + "0 0 submit slot=2 frame=3 fence=none\n"
                   "0 0 refuse slot=2 frame=3 cookie=3 errno=22\n"
                   "0 0 cancelled slot=2 frame=3 errno=22\n0 0 acquire slot=0 frame=4\n",
       ""},
      {"the display knows first that the GPU has done",
       two_shown + "0 0 submit slot=2 frame=3 fence=native\n0 0 commit slot=2 frame=3 cookie=3\n"
                   "0 0 flip cookie=3\n0 0 signal slot=2 frame=3\n",
       ""},
      {"a fence that is late: its slot comes back when it signals",
       two_shown + "0 0 submit slot=2 frame=3 fence=gated\n0 0 expire slot=2 frame=3\n"
                   "0 0 cancelled slot=2 frame=3\n0 0 acquire slot=0 frame=4\n0 0 discard slot=0 "
                   "frame=4\n0 0 signal slot=2 frame=3\n",
       ""},
      {"a fence that fails",
       two_shown + "0 0 submit slot=2 frame=3 fence=gated\n"
                   "0 0 fence_error slot=2 frame=3\n0 0 cancelled slot=2 frame=3\n"
                   "0 0 acquire slot=0 frame=4\n",
       ""},
      {"an event that comes too late",
       two_shown +
           "0 0 submit slot=2 frame=3 fence=none\n"
           "0 0 commit slot=2 frame=3 cookie=3\n0 0 watchdog cookie=3\n0 0 stale_flip cookie=3\n",
       ""},
      {"a reset",
       two_shown + "0 0 submit slot=2 frame=3 fence=none\n"
                   "0 0 commit slot=2 frame=3 cookie=3\n0 0 reset cookie=3\n"
                   "0 0 modeset slot=2 frame=3 cookie=4\n0 0 stale_flip cookie=3\n",
       ""},
      {"another VT, and back",
       two_shown + "0 0 leave\n0 0 off\n0 0 enter\n"
                   "0 0 submit slot=2 frame=3 fence=none\n0 0 modeset slot=2 frame=3 cookie=3\n",
       ""},
      {"off with a flip pending",
       two_shown + "0 0 submit slot=2 frame=3 fence=native\n"
                   "0 0 commit slot=2 frame=3 cookie=3\n0 0 off\n"
                   "0 0 cancelled slot=2 frame=3\n0 0 stale_flip cookie=3\n0 0 enter\n",
       ""},
      {"hotplugs",
       two_shown + "0 0 arm_modeset\n0 0 arm_modeset\n"
                   "0 0 submit slot=2 frame=3 fence=none\n0 0 modeset slot=2 frame=3 cookie=3\n",
       ""},
      {"the end, with frames on their way",
       two_shown + "0 0 submit slot=2 frame=3 fence=none\n0 0 commit slot=2 frame=3 cookie=3\n"
                   "0 0 acquire slot=0 frame=4\n0 0 submit slot=0 frame=4 fence=none\n0 0 abort\n"
                   "0 0 cancelled slot=0 frame=4\n0 0 cancelled slot=2 frame=3\n",
       ""},
      {"numbers of the kernel's",
       two_shown + "0 0 submit slot=2 frame=3 fence=none\n"
                   "0 0 busy slot=2 frame=3 cookie=3 errno=16 flags=0x203\n"
                   "0 0 commit slot=2 frame=3 cookie=4 flags=0x201\n"
                   "0 0 flip cookie=4 sequence=77 shown=1.000000001\n",
       ""},
      {"the end", two_shown + "0 0 close\n0 0 discard slot=2 frame=3\n0 0 abort\n", ""},
  };
  for (const Case& each : cases) {
    const Verdict verdict = judge(log_of(each.lines));
    EXPECT_TRUE(verdict.good) << each.what << ":\n" << verdict.text;
  }
}

TEST(Replay, RefusesWhatTheModelCannotDo) {
  const std::string drawn = two_shown + "0 0 submit slot=2 frame=3 fence=none\n";
  const std::string pending = drawn + "0 0 commit slot=2 frame=3 cookie=3\n";
  const std::string slow = two_shown + "0 0 submit slot=2 frame=3 fence=gated\n";
  const Case cases[] = {
      {"a slot that is on the screen",
       two_shown + "0 0 discard slot=2 frame=3\n"
                   "0 0 acquire slot=1 frame=4\n",
       "gives another one: slot 0 frame 4"},
      {"two slots at once", two_shown + "0 0 acquire slot=0 frame=4\n", "gives no slot now"},
      {"a number again", two_shown + "0 0 discard slot=2 frame=3\n0 0 acquire slot=0 frame=3\n",
       "gives another one: slot 0 frame 4"},
      {"a frame that nobody draws", drawn + "0 0 submit slot=2 frame=3 fence=none\n",
       "nobody draws that frame"},
      {"a frame of long ago", two_shown + "0 0 submit slot=2 frame=2 fence=none\n",
       "not in that slot"},
      {"a frame skipped",
       "0 0 acquire slot=0 frame=1\n0 0 submit slot=0 frame=1 fence=none\n"
       "0 0 acquire slot=1 frame=2\n0 0 submit slot=1 frame=2 fence=none\n"
       "0 0 modeset slot=1 frame=2 cookie=1\n",
       "gives another one: slot 0 frame 1"},
      {"the first commit sets no mode",
       "0 0 acquire slot=0 frame=1\n"
       "0 0 submit slot=0 frame=1 fence=none\n0 0 commit slot=0 frame=1 cookie=1\n",
       "has to set the mode"},
      {"a later one does", drawn + "0 0 modeset slot=2 frame=3 cookie=3\n",
       "does not have to set the mode"},
      {"a cookie twice", drawn + "0 0 commit slot=2 frame=3 cookie=2\n", "another cookie: 3"},
      {"a commit while one is pending",
       pending + "0 0 acquire slot=0 frame=4\n"
                 "0 0 submit slot=0 frame=4 fence=none\n0 0 commit slot=0 frame=4 cookie=4\n",
       "nothing to commit"},
      {"an event of another flip", pending + "0 0 flip cookie=2\n", "pending is cookie 3"},
      {"an event of another frame", pending + "0 0 flip slot=1 frame=2 cookie=3\n",
       "pending is slot 2 frame 3"},
      {"an event twice", two_shown + "0 0 flip cookie=2\n", "no flip is pending"},
      {"an old event twice", two_shown + "0 0 stale_flip cookie=2\n", "had its event before"},
      {"an old event that is none", pending + "0 0 stale_flip cookie=3\n", "no flip that is over"},
      {"an event of nobody", two_shown + "0 0 stale_flip cookie=9\n", "no flip that is over"},
      {"a late event twice",
       pending + "0 0 watchdog cookie=3\n0 0 stale_flip cookie=3\n"
                 "0 0 stale_flip cookie=3\n",
       "had its event before"},
      {"a foreign fence for the kernel", slow + "0 0 commit slot=2 frame=3 cookie=3\n",
       "nothing to commit"},
      {"shown after it expired",
       slow + "0 0 expire slot=2 frame=3\n0 0 cancelled slot=2 frame=3\n"
              "0 0 commit slot=2 frame=3 cookie=3\n",
       "nothing to commit"},
      {"drawn into while the GPU writes",
       slow +
           "0 0 expire slot=2 frame=3\n0 0 cancelled slot=2 frame=3\n"
           "0 0 acquire slot=0 frame=4\n0 0 discard slot=0 frame=4\n0 0 acquire slot=2 frame=5\n",
       "gives another one: slot 0 frame 5"},
      {"a fence signals twice", slow + "0 0 signal slot=2 frame=3\n0 0 signal slot=2 frame=3\n",
       "waits for no fence"},
      {"a commit while away", drawn + "0 0 leave\n0 0 commit slot=2 frame=3 cookie=3\n",
       "nothing to commit"},
      {"the mode is not set after a VT",
       two_shown + "0 0 leave\n0 0 off\n0 0 enter\n"
                   "0 0 submit slot=2 frame=3 fence=none\n0 0 commit slot=2 frame=3 cookie=3\n",
       "has to set the mode"},
      {"a cancelled frame that is not told",
       two_shown + "0 0 submit slot=2 frame=3 fence=none\n"
                   "0 0 refuse slot=2 frame=3 cookie=3\n0 0 acquire slot=0 frame=4\n",
       "not said what became of a frame: output 0: slot 2 frame 3 was cancelled"},
      {"another one cancelled",
       two_shown + "0 0 submit slot=2 frame=3 fence=none\n"
                   "0 0 refuse slot=2 frame=3 cookie=3\n0 0 cancelled slot=1 frame=2\n",
       "not what became of a frame: output 0: slot 2 frame 3"},
      {"cancelled by nothing", drawn + "0 0 cancelled slot=2 frame=3\n", "ended no frame"},
      {"superseded in a FIFO",
       two_shown + "0 0 submit slot=2 frame=3 fence=none\n0 0 acquire slot=0 frame=4\n"
                   "0 0 submit slot=0 frame=4 fence=none\n0 0 superseded slot=2 frame=3 by=4\n",
       "ended no frame"},
      {"seen by a CRTC", two_shown + "0 0 seen slot=1 frame=2\n", "no compositor has"},
      {"flags that are none", drawn + "0 0 commit slot=2 frame=3 cookie=3 flags=12\n", "not flags"},
      {"away twice", two_shown + "0 0 leave\n0 0 leave\n", "cannot happen now: leave"},
      {"back from nowhere", two_shown + "0 0 enter\n", "cannot happen now: enter"},
      {"a reset of nothing", two_shown + "0 0 reset cookie=2\n", "no flip is pending"},
      {"drawing after the end",
       two_shown + "0 0 discard slot=2 frame=3\n0 0 close\n"
                   "0 0 acquire slot=0 frame=4\n",
       "gives no slot now"},
      {"an output that is not there", two_shown + "0 1 leave\n", "no such output"},
      {"a stream that is not there", two_shown + "1 0 leave\n", "nobody said"},
      {"a field is missing", two_shown + "0 0 watchdog\n", "a field is missing"},
      {"a field too many", two_shown + "0 0 close cookie=1\n", "does not have"},
      {"a word that is none", two_shown + "0 0 flop cookie=2\n", "not known: flop"},
      {"a number that is none", two_shown + "0 0 flip cookie=2x\n", "not a number"},
  };
  for (const Case& each : cases) expect_refused(each, "slots 3 policy fifo outputs 1");
}

TEST(Replay, AMailboxSaysWhatIsSuperseded) {
  const char* const mailbox = "slots 4 policy mailbox outputs 1";
  const std::string drawn = two_shown +
                            "0 0 submit slot=2 frame=3 fence=none\n"
                            "0 0 acquire slot=0 frame=4\n"
                            "0 0 submit slot=0 frame=4 fence=none\n";
  const std::string told = drawn + "0 0 superseded slot=2 frame=3 by=4\n";
  const std::string next = "0 0 commit slot=0 frame=4 cookie=3\n";
  EXPECT_TRUE(judge(log_of(told + next, mailbox)).good) << judge(log_of(told + next, mailbox)).text;
  expect_refused({"not told", drawn + next, "slot 2 frame 3 was superseded by frame 4"}, mailbox);
  expect_refused({"told twice", told + "0 0 superseded slot=2 frame=3 by=4\n", "ended no frame"},
                 mailbox);
  expect_refused(
      {"by another", drawn + "0 0 superseded slot=2 frame=3 by=5\n", "was superseded by frame 4"},
      mailbox);
  expect_refused(
      {"cancelled", drawn + "0 0 cancelled slot=2 frame=3\n", "was superseded by frame 4"},
      mailbox);
}

TEST(Replay, ReadsOnlyItsOwnLogs) {
  EXPECT_FALSE(judge("").good);
  EXPECT_FALSE(judge("drm-show ring log 2\n").good);
  EXPECT_FALSE(judge("drm-show ring log 1\nstream 0: slots 3 policy fifo outputs 1\n").good);
  EXPECT_FALSE(judge(log_of("", "slots 1 policy fifo outputs 1")).good);
  EXPECT_FALSE(judge(log_of("", "slots 3 policy fifo outputs 3")).good);
  EXPECT_FALSE(judge(log_of("", "slots 3 policy lifo outputs 1")).good);
  EXPECT_FALSE(judge(log_of("", "slots 3 policy fifo outputs 1 and more")).good);
  EXPECT_FALSE(judge(log_of("", "slots 3 policy fifo outputs 1 return")).good);
  EXPECT_FALSE(judge(log_of("", "slots 3 policy fifo outputs 1 return never")).good);
  EXPECT_FALSE(judge(log_of("", "slots 3 policy fifo outputs 1 return release 2")).good);
  EXPECT_FALSE(judge(log_of("", "slots 3 policy fifo outputs 2 return release")).good);
  EXPECT_TRUE(judge(log_of("", "slots 3 policy fifo outputs 1 return flip")).good);
  EXPECT_TRUE(judge(log_of("", "slots 3 policy fifo outputs 1 return release")).good);
  EXPECT_FALSE(judge(log_of("") + "stream 0: slots 3 policy fifo outputs 1\n").good);
  EXPECT_FALSE(judge(log_of("") + "1.5 0 0 close\n").good);
  EXPECT_TRUE(judge(log_of("")).good);
}

TEST(Replay, LeavesOutALineThatIsCutOff) {
  const Verdict verdict = judge(log_of(two_shown) + "1.000000000 0 0 fl");
  EXPECT_TRUE(verdict.good) << verdict.text;
  EXPECT_EQ(verdict.text,
            "Line 11 has no end and is left out.\n"
            "8 steps, 1 stream: each is a step of the model\n");
}

TEST(Replay, KeepsStreamsApart) {
  std::string second = two_shown;
  for (std::size_t at = 0; at < second.size(); at = second.find('\n', at) + 1) second[at] = '1';
  const std::string setup = "stream 1: slots 4 policy mailbox outputs 2\n";
  const std::size_t commit = second.find("1 0 commit");
  second.insert(commit, "1 1 superseded slot=0 frame=1 by=2\n");  // of an output that takes none
  EXPECT_TRUE(judge(log_of(two_shown + setup + second)).good);
}

}  // namespace
}  // namespace drmshow::model::test
