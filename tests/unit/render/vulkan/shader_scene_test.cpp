// Shaders: the built-in ones as they were looked at, and those from files, which change.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include <poll.h>

#include "drm-show/error.hpp"
#include "golden_testing.hpp"
#include "gpu_testing.hpp"
#include "render/vulkan/built_in_shaders.hpp"
#include "render/vulkan/shader_file.hpp"

namespace drmshow::testing {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

class BuiltInShader : public ::testing::TestWithParam<ShaderInfo> {};

TEST_P(BuiltInShader, LooksAsItDid) {
  const Size size{160, 90};
  Renderer renderer{
      test_timeline(),
      std::make_unique<ShaderScene>(test_timeline(), golden::pixel_format, GetParam().fragment,
                                    Nanoseconds{0}, ShaderWrites::opaque_pixels),
      size, golden::pixel_format, 0};
  expect_as_it_was(golden::DrawnFrame{renderer, {440, 7300ms}},
                   "shader-" + std::string{GetParam().name});
}

INSTANTIATE_TEST_SUITE_P(Files, BuiltInShader,
                         ::testing::ValuesIn(built_in_shaders().begin(), built_in_shaders().end()),
                         [](const auto& test) {
                           std::string name{test.param.name};
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(BuiltInShaders, AreFoundByName) {
  for (const ShaderInfo& info : built_in_shaders()) {
    EXPECT_EQ(find_built_in_shader(info.name), &info);
    EXPECT_FALSE(info.description.empty());
  }
  EXPECT_EQ(find_built_in_shader("plasm"), nullptr);
}

class ShaderFile : public ::testing::Test {
 protected:
  ShaderFile() : folder_{::testing::TempDir() + "drm-show-shader-XXXXXX"} {
    if (::mkdtemp(folder_.data()) == nullptr) std::abort();
  }
  ~ShaderFile() override { fs::remove_all(folder_); }

  fs::path file() const { return fs::path{folder_} / "my.frag"; }
  void write(std::string_view text) const { std::ofstream{file()} << text; }
  std::unique_ptr<ShaderFileScene> open() const {
    return std::make_unique<ShaderFileScene>(test_timeline(), golden::pixel_format, file(),
                                             Nanoseconds{0});
  }
  std::string complaint_about(std::string_view text) const {
    write(text);
    try {
      open();
    } catch (const Error& error) {
      return error.what();
    }
    return "none";
  }

 private:
  std::string folder_;
};

struct Outcome {
  bool shown = false;
  std::optional<Error> trouble;
};

/// What comes of an edit; neither if nothing does, for so long.
Outcome outcome(ShaderFileScene& scene, int milliseconds = 10000) {
  Outcome now{scene.refresh(), scene.take_trouble()};
  pollfd news{.fd = scene.fd(), .events = POLLIN, .revents = 0};
  while (!now.shown && !now.trouble && ::poll(&news, 1, milliseconds) > 0) {
    now = {scene.refresh(), scene.take_trouble()};
  }
  return now;
}

constexpr int nothing_comes = 500;

std::string painting(std::string_view colour) {
  return "void mainImage(out vec4 c, in vec2 p) { c = vec4(" + std::string{colour} + ", 0); }\n";
}

TEST_F(ShaderFile, IsShownAsItIsEditedAndStaysWhileItIsBroken) {
  write(painting("1, 0, 0"));
  auto scene_made = open();
  ShaderFileScene& scene = *scene_made;
  Renderer renderer{test_timeline(), std::move(scene_made), {8, 8}, golden::pixel_format, 0};
  auto colour = [&, number = std::uint64_t{0}]() mutable {
    return golden::draw(golden::DrawnFrame{renderer, moment_at(++number)}).data.front();
  };
  EXPECT_EQ(colour(), rgb(255, 0, 0));
  EXPECT_GE(scene.fd(), 0);
  EXPECT_FALSE(scene.refresh());

  write(painting("0, 1, 0"));
  EXPECT_TRUE(outcome(scene).shown);
  EXPECT_EQ(colour(), rgb(0, 255, 0));

  write("\n" + painting("0, nothing, 1"));
  const auto trouble = outcome(scene).trouble;
  ASSERT_TRUE(trouble);
  EXPECT_STREQ(trouble->what(), "my.frag:2: error: 'nothing' : undeclared identifier");
  EXPECT_EQ(colour(), rgb(0, 255, 0));

  const fs::path other = file().string() + "~";
  fs::rename(file(), other);  // as vi does
  write(painting("0, 0, 1"));
  EXPECT_TRUE(outcome(scene).shown);
  EXPECT_EQ(colour(), rgb(0, 0, 255));

  write(painting("0, 0, 1"));
  EXPECT_FALSE(outcome(scene, nothing_comes).shown);  // it is the same
  fs::remove(file());
  EXPECT_FALSE(outcome(scene, nothing_comes).shown);
  EXPECT_EQ(colour(), rgb(0, 0, 255));
}

TEST_F(ShaderFile, IsCompiledWhileFramesGoOn) {
  write(painting("1, 0, 0"));
  auto scene = open();
  write(painting("0, 1, 0"));
  EXPECT_FALSE(scene->refresh());  // it has only begun
  write(painting("0, 0, 1"));
  // The compiler may have seen it half written: then once more.
  EXPECT_TRUE(outcome(*scene).shown || outcome(*scene).shown);
  write(painting("0, 1, 1"));
  scene->refresh();
  scene.reset();  // waits for no compiler
}

TEST_F(ShaderFile, IsReplacedWhileFramesAreOnTheWay) {
  write(painting("0, 0, 0"));
  auto scene_made = open();
  ShaderFileScene& scene = *scene_made;
  Renderer renderer{test_timeline(), std::move(scene_made), {8, 8}, golden::pixel_format, 0};
  int job = renderer.draw(moment_at(1));
  for (int level = 1; level < 9; ++level) {
    write(painting(std::to_string(level) + "/255.0, 0, 0"));
    ASSERT_TRUE(outcome(scene).shown);
    job = renderer.draw(moment_at(static_cast<std::uint64_t>(level) + 1));
  }
  Pixel last = 0;
  std::memcpy(&last, renderer.finish(job).line(0).data(), sizeof last);
  EXPECT_EQ(last, rgb(8, 0, 0));
}

TEST_F(ShaderFile, IsToldAllThatIsWrongWithItsLines) {
  EXPECT_EQ(complaint_about("// a comment\nfloat f() { return bar; }\n\n" + painting("foo, 0, 0")),
            "my.frag:2: error: 'bar' : undeclared identifier\n"
            "my.frag:4: error: 'foo' : undeclared identifier");
  const std::string missing =
      complaint_about("void mainImage(out vec4 c, in vec2 p) { c = vec4(1) }\n");
  EXPECT_TRUE(missing.starts_with("my.frag:1: error: ")) << missing;
  EXPECT_EQ(complaint_about("#version 450\nvoid main() {\n nonsense; }"),
            "my.frag:3: error: 'nonsense' : undeclared identifier");
  std::string many;
  for (int i = 0; i < 500; ++i)
    many += "float f" + std::to_string(i) + "() { return x" + std::to_string(i) + "; }\n";
  EXPECT_LT(complaint_about(many + painting("1, 1, 1")).size(), 5000u);
}

TEST_F(ShaderFile, MayBeAWholeShaderOrSpirv) {
  const std::string_view whole =
      "layout(location = 0) out vec4 c;\n"
      "layout(push_constant) uniform Inputs { vec3 size; float seconds; };\n"
      "void main() { c = vec4(seconds / 255.0, gl_FragCoord.y / size.y, 1, 1); }\n";
  const auto colour_of = [&] {
    Renderer renderer{test_timeline(), open(), {2, 2}, golden::pixel_format, 0};
    return golden::draw(golden::DrawnFrame{renderer, {2, 9s}}).data.front();
  };
  write(whole);
  EXPECT_EQ(colour_of(), rgb(9, 64, 255));
  const auto words = compile_shader_file(std::as_bytes(std::span{whole}), "whole.frag");
  std::ofstream{file()}.write(reinterpret_cast<const char*>(words.data()),
                              static_cast<std::streamsize>(words.size() * sizeof words[0]));
  EXPECT_EQ(colour_of(), rgb(9, 64, 255));
}

// All of its memory, alpha too.
Pixel first_pixel(Renderer& renderer, std::uint64_t number) {
  Pixel pixel = 0;
  const FrameBytes frame = renderer.finish(renderer.draw(moment_at(number)));
  std::memcpy(&pixel, frame.line(0).data(), sizeof pixel);
  return pixel;
}

TEST_F(ShaderFile, ThatLeavesPixelsOutLeavesThemBlackAndShowsNoOldFrame) {
  write(
      "void mainImage(out vec4 c, in vec2 p) { if (iFrame > 1) discard; c = vec4(1, 0.6, 0, 1); }");
  Renderer renderer{test_timeline(), open(), {8, 8}, golden::pixel_format, 0};
  // Frames take turns with two images.
  EXPECT_EQ(first_pixel(renderer, 1), rgb(255, 153, 0));
  EXPECT_EQ(first_pixel(renderer, 2), rgb(255, 153, 0));
  EXPECT_EQ(first_pixel(renderer, 3), rgb(0, 0, 0));
  EXPECT_EQ(first_pixel(renderer, 4), rgb(0, 0, 0));
}

TEST_F(ShaderFile, IsOpaqueWhateverAlphaItWrites) {
  write("layout(location = 0) out vec4 c; void main() { c = vec4(0.2, 0.4, 0.6, 0.25); }");
  Renderer renderer{test_timeline(), open(), {8, 8}, golden::pixel_format, 0};
  EXPECT_EQ(first_pixel(renderer, 1), rgb(51, 102, 153));
}

TEST_F(ShaderFile, ThatWantsWhatThereIsNotIsRefused) {
  const std::string_view wanting[] = {
      "layout(binding = 0) uniform sampler2D t; layout(location = 0) out vec4 c;"
      "void main() { c = texture(t, vec2(0)); }",
      "layout(location = 0) in vec2 uv; layout(location = 0) out vec4 c; void main() { c = "
      "uv.xyxy; }",
      "layout(push_constant) uniform P { vec4 a[9]; }; layout(location = 0) out vec4 c;"
      "void main() { c = a[8]; }",
      "void main() {}",
      "layout(location = 0) out ivec4 c; void main() { c = ivec4(1); }",
      "layout(location = 0) out vec4 c; void main() { c = vec4(float(0.1lf * gl_FragCoord.x)); }"};
  const std::string begin = "my.frag: error: a shader that cannot be drawn with: ";
  for (const auto text : wanting)
    EXPECT_TRUE(complaint_about(text).starts_with(begin)) << complaint_about(text);
  EXPECT_EQ(complaint_about(std::end(wanting)[-1]),
            begin + "capability Float64 (numbers of 64 bits, as double has) is needed");
}

TEST_F(ShaderFile, HasToBeThere) {
  EXPECT_THROW(open(), Error);
  fs::create_directory(file());
  EXPECT_THROW(open(), Error);
}

}  // namespace
}  // namespace drmshow::testing
