#include <array>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drm-show/error.hpp"
#include "show/content.hpp"
#include "show/list.hpp"
#include "show/options.hpp"
#include "snapshot_builder.hpp"

namespace drmshow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Options parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "drm-show");
  return parse_options(static_cast<int>(arguments.size()), arguments.data()).value();
}

Error usage_error(std::vector<const char*> arguments) {
  try {
    check_names(parse(std::move(arguments)));
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "no error";
  return Error{Failure::unexpected, ""};
}

TEST(ParseOptions, TheTestCardEverywhereByDefault) {
  const Options options = parse({});
  EXPECT_EQ(options.action, Action::show);
  EXPECT_EQ(options.pattern, "card");
  EXPECT_TRUE(options.files.empty());
  EXPECT_TRUE(options.outputs.empty());
  EXPECT_FALSE(options.duration.has_value());
  EXPECT_FALSE(options.legacy);
}

TEST(ParseOptions, AllOfThem) {
  const Options options = parse({"--output",
                                 "DP-1,HDMI-A-1",
                                 "-o",
                                 "eDP-1",
                                 "--mode",
                                 "#2",
                                 "--fit=cover",
                                 "--background",
                                 "#336699",
                                 "--duration",
                                 "2.5",
                                 "--legacy",
                                 "-d",
                                 "vkms",
                                 "-v",
                                 "--set",
                                 "plane.rotation=rotate-180",
                                 "--set",
                                 "connector.max bpc=8",
                                 "a.png",
                                 "b.jpg"});
  EXPECT_THAT(options.outputs, ElementsAre("DP-1", "HDMI-A-1", "eDP-1"));
  EXPECT_EQ(options.mode, "#2");
  EXPECT_EQ(options.fit, Fit::cover);
  EXPECT_EQ(options.background, rgb(0x33, 0x66, 0x99));
  EXPECT_EQ(options.duration->count(), 2.5);
  EXPECT_TRUE(options.legacy);
  EXPECT_EQ(options.device, "vkms");
  EXPECT_EQ(options.verbosity, Verbosity::verbose);
  EXPECT_THAT(options.settings, ElementsAre("plane.rotation=rotate-180", "connector.max bpc=8"));
  EXPECT_THAT(options.files, ElementsAre("a.png", "b.jpg"));
}

TEST(ParseOptions, OptionsAboutFrames) {
  const Options options =
      parse({"--present", "latest", "--buffers", "5", "--fps=23.976", "--frames", "100", "--mirror",
             "--vrr", "--overlay", "--stats=json", "--ring-log", "file", "--record", "4M"});
  EXPECT_EQ(options.present.mode, PresentMode::mailbox);
  EXPECT_EQ(options.present.buffers, 5);
  EXPECT_EQ(options.rate, RatePolicy::fixed);
  EXPECT_DOUBLE_EQ(options.fps, 23.976);
  EXPECT_EQ(options.frames, 100u);
  EXPECT_EQ(options.present.sharing, Sharing::mirrored);
  EXPECT_EQ(options.present.refresh, RefreshRate::variable);
  EXPECT_EQ(options.overlay, OverlayPolicy::with);
  EXPECT_EQ(options.stats, StatsFormat::json);
  EXPECT_EQ(options.ring_log, "file");
  EXPECT_EQ(options.recording, std::size_t{4} << 20);
  EXPECT_TRUE(options.command_line.ends_with("--ring-log file --record 4M"))
      << options.command_line;
}

TEST(ParseOptions, SizesOfRecordings) {
  EXPECT_EQ(parse({}).recording, std::size_t{1} << 20);
  EXPECT_EQ(parse({"--record", "off"}).recording, std::nullopt);
  EXPECT_EQ(parse({"--record", "64K"}).recording, 65'536u);
  EXPECT_EQ(parse({"--record", "100000"}).recording, 100'000u);
  EXPECT_EQ(parse({"--record", "1G"}).recording, std::size_t{1} << 30);
  for (const char* size : {"63K", "65535", "2G", "1025M", "1073741825", "99999999999999999999",
                           "4m", "M", "", "-1", "4MB", "on", "17179869184G"}) {
    const Error error = usage_error({"--record", size});
    EXPECT_EQ(error.failure(), Failure::usage) << size;
    EXPECT_NE(error.hint().find("64K to 1G"), std::string::npos) << size << error.hint();
  }
}

TEST(ParseOptions, ConsoleAndRunning) {
  const Options none = parse({});
  EXPECT_FALSE(none.tty.has_value());
  EXPECT_TRUE(none.vt);
  EXPECT_TRUE(none.keys);
  EXPECT_FALSE(none.wait);
  EXPECT_EQ(none.seat, SeatPolicy::automatic);
  EXPECT_EQ(none.hotplug, HotplugPolicy::follow);
  EXPECT_EQ(none.quarter_turns, 0);
  const Options options = parse({"--tty", "7", "--seat", "direct", "--hotplug=ignore", "--wait",
                                 "--no-keys", "--rotate", "270", "--screenshot-dir", "/tmp"});
  EXPECT_EQ(options.tty, 7);
  EXPECT_EQ(options.seat, SeatPolicy::direct);
  EXPECT_EQ(options.hotplug, HotplugPolicy::ignore);
  EXPECT_TRUE(options.wait);
  EXPECT_FALSE(options.keys);
  EXPECT_EQ(options.quarter_turns, 3);
  EXPECT_EQ(options.screenshot_dir, "/tmp");
  EXPECT_EQ(parse({"--tty=free"}).tty, 0);
  EXPECT_FALSE(parse({"--no-vt"}).vt);
  EXPECT_EQ(parse({"--rescue", "--tty", "3"}).action, Action::rescue);
  EXPECT_THAT(usage_error({"--rescue", "--tty", "free"}).what(),
              HasSubstr("--tty free with --rescue"));
  EXPECT_THAT(usage_error({"--rescue", "photo.png"}).what(), HasSubstr("with --rescue"));
  EXPECT_THAT(usage_error({"--no-vt", "--rescue"}).what(), HasSubstr("--no-vt with --rescue"));
}

TEST(ParseOptions, MistakesAboutTheConsole) {
  for (const std::vector<const char*>& arguments : {std::vector<const char*>{"--tty", "0"},
                                                    {"--tty", "64"},
                                                    {"--tty", "tty3"},
                                                    {"--tty="},
                                                    {"--tty", "3", "--no-vt"},
                                                    {"--seat", "seatd"},
                                                    {"--hotplug", "yes"},
                                                    {"--rotate", "45"},
                                                    {"--rotate", "-90"},
                                                    {"--screenshot-dir", "/no/such/folder"}}) {
    EXPECT_EQ(usage_error(arguments).failure(), Failure::usage) << arguments.front();
  }
}

TEST(ParseOptions, StatsAloneAreForPeopleAndEatNoFileName) {
  const Options options = parse({"--stats", "photo.png"});
  EXPECT_EQ(options.stats, StatsFormat::text);
  EXPECT_THAT(options.files, ElementsAre("photo.png"));
}

TEST(ParseOptions, AsManyFramesAsCanBeDrawn) {
  const Options options = parse({"--fps", "max"});
  EXPECT_EQ(options.rate, RatePolicy::most);
  EXPECT_EQ(options.present.pace, DrawPace::always);
}

TEST(ParseOptions, ModesForSingleOutputs) {
  const Options options = parse({"--mode", "DP-1:800x600", "-m", "1920x1080", "-m", "DP-2:#3"});
  EXPECT_EQ(options.mode, "1920x1080");
  EXPECT_THAT(options.output_modes, ElementsAre("DP-1:800x600", "DP-2:#3"));
}

TEST(Moves, MovingPatternsAndWhateverIsAskedForAsFrames) {
  EXPECT_TRUE(moves(parse({"--pattern", "bounce"})));
  EXPECT_TRUE(moves(parse({"--stats"})));
  EXPECT_TRUE(moves(parse({"photo.png", "--frames", "2"})));
  EXPECT_FALSE(moves(parse({})));
  EXPECT_FALSE(moves(parse({"photo.png"})));
  EXPECT_FALSE(moves(parse({"--pattern", "zone-plate"})));
}

TEST(ParseOptions, MistakesAboutFrames) {
  for (const std::vector<const char*>& arguments :
       {std::vector<const char*>{"--present", "tearing"},
        {"--fps", "0"},
        {"--fps", "1e9"},
        {"--fps", "60Hz"},
        {"--fps", "nan"},
        {"--frames", "0"},
        {"--stats=xml"}}) {
    EXPECT_EQ(usage_error(arguments).failure(), Failure::usage) << arguments.front();
  }
}

TEST(ParseOptions, OutputsDoNotEatFileNames) {
  const Options options = parse({"--output", "DP-1", "photo.png"});
  EXPECT_THAT(options.outputs, ElementsAre("DP-1"));
  EXPECT_THAT(options.files, ElementsAre("photo.png"));
}

TEST(ParseOptions, MistakesAreUsageErrors) {
  const std::vector<std::vector<const char*>> mistakes{
      {"--fit", "squeeze"},
      {"--background", "mauvish"},
      {"--duration", "-1"},
      {"--duration", "nan"},
      {"--duration", "1e300"},
      {"--duration", "x"},
      {"--mode"},
      {"--pattern", "card", "x.png"},
      {"--no-such-option"},
      {"--pattern", "smtpe"},
  };
  for (const auto& arguments : mistakes) {
    EXPECT_EQ(usage_error(arguments).failure(), Failure::usage) << arguments[0];
  }
}

TEST(ParseOptions, OfTheGpuNeedOneThatDraws) {
  for (const std::vector<const char*>& arguments :
       {std::vector<const char*>{"--pattern", "card", "--gpu", "foo"},
        {"--gpu", "software"},
        {"--gpu", "#0", "photo.png"},
        {"--render", "cpu", "--gpu", "software"}}) {
    EXPECT_STREQ(usage_error(arguments).what(), "--gpu, but the CPU draws") << arguments[1];
  }
  EXPECT_EQ(parse({"--render", "vulkan", "--gpu", "#0"}).gpu, "#0");
  EXPECT_EQ(parse({"--shader", "plasma", "--gpu", "software"}).gpu, "software");
  EXPECT_EQ(parse({"--gpu", "#0", "--list-shaders"}).action, Action::list_shaders);
}

TEST(ParseOptions, DoNotTakeOtherOptionsForTheirValues) {
  EXPECT_STREQ(usage_error({"--shader", "--gpu", "software"}).what(), "--shader lacks its value");
  EXPECT_STREQ(usage_error({"--pattern", "--stats=json"}).what(), "--pattern lacks its value");
  EXPECT_STREQ(usage_error({"-p", "--overlay"}).what(), "--pattern lacks its value");
  EXPECT_EQ(parse({"--pattern", "card", "--tty", "3"}).tty, 3);
}

TEST(ParseOptions, SuggestsWhatWasMeant) {
  EXPECT_THAT(usage_error({"--ouput", "DP-1"}).hint(), HasSubstr("Did you mean \"--output\"?"));
  EXPECT_THAT(usage_error({"--pattern", "smtpe"}).hint(), HasSubstr("Did you mean \"smpte\"?"));
}

TEST(ListModes, NumbersModesAndMarksThem) {
  test::SnapshotBuilder builder;
  builder.simple_output();
  builder.data.connectors[0].modes.push_back(test::make_mode(640, 480, 25175, 800, 525));
  builder.data.connectors[0].size_mm = {597, 336};
  builder.connector({}, Connection::disconnected, "HDMI-A");
  builder.light(0, 0, 0, 0);
  EXPECT_EQ(list_modes("card0 (vkms)", builder.build()),
            "card0 (vkms)\n"
            "DP-1: connected, 597 x 336 mm\n"
            "   #0  1024x768@60.00  preferred  current\n"
            "   #1  640x480@59.94\n"
            "HDMI-A-2: nothing connected\n");
}

}  // namespace
}  // namespace drmshow
