// Which shaders are taken, and that what is said about them is about the user's lines.
#include "content/shader_source.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "drm-show/error.hpp"

namespace drmshow::test {
namespace {

constexpr std::string_view image_body = "void mainImage(out vec4 c, in vec2 p) { c = vec4(1); }\n";

std::string complaint_about(std::string_view text) {
  try {
    complete_shader(text, "my.frag");
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::bad_content);
    return error.what();
  }
  return "none";
}

/// The line that a compiler would say `what` is on: GLSL 450's #line numbers the line after it.
int line_of(const std::string& shader, std::string_view what) {
  int line = 1;
  std::string_view rest = shader;
  while (!rest.empty()) {
    const auto text = rest.substr(0, rest.find('\n'));
    if (text.find(what) != std::string_view::npos) return line;
    line = text.starts_with("#line ") ? std::stoi(std::string{text.substr(6)}) : line + 1;
    rest.remove_prefix(std::min(text.size() + 1, rest.size()));
  }
  return 0;
}

TEST(ShaderText, OfTheCustomaryFormGetsInputsAndAMain) {
  const std::string shader = complete_shader(image_body, "my.frag");
  EXPECT_TRUE(shader.starts_with("#version 450\n"));
  for (const auto* const input : {"vec3 iResolution", "float iTime;", "float iTimeDelta",
                                  "int iFrame", "float iFrameRate", "vec4 iMouse", "vec4 iDate"}) {
    EXPECT_NE(shader.find(input), std::string::npos) << input;
  }
  EXPECT_NE(shader.find("void main()"), std::string::npos);
  EXPECT_NE(shader.find(image_body), std::string::npos);
}

TEST(ShaderText, KeepsItsLineNumbers) {
  EXPECT_EQ(line_of(complete_shader(image_body, "f"), "void mainImage"), 1);
  EXPECT_EQ(line_of(complete_shader("\n\n" + std::string{image_body}, "f"), "void mainImage"), 3);
  EXPECT_EQ(line_of(complete_shader("void main() {}\n// here\n", "f"), "here"), 2);
  const std::string versioned = "// a\n#version 300 es\n" + std::string{image_body};
  EXPECT_EQ(line_of(complete_shader(versioned, "f"), "void mainImage"), 3);
  EXPECT_EQ(
      line_of(complete_shader("\xef\xbb\xbf" + std::string{image_body}, "f"), "void mainImage"), 1);
}

TEST(ShaderText, MayHaveAVersionOfItsOwn) {
  const std::string image = complete_shader("#version 300 es\n" + std::string{image_body}, "f");
  EXPECT_EQ(image.find("300 es"), std::string::npos);
  const std::string whole = "#version 460\nvoid main() {}\n";
  EXPECT_EQ(complete_shader(whole, "f"), whole);
  EXPECT_TRUE(complete_shader("void main() {}", "f").starts_with("#version 450\n#line 1\n"));
  EXPECT_TRUE(
      complete_shader("// #version 460\nvoid main() {}", "f").starts_with("#version 450\n"));
  EXPECT_TRUE(complete_shader("int version;\nvoid main() {}", "f").starts_with("#version 450\n"));
}

TEST(ShaderText, WithAMainOfItsOwnIsLeftAlone) {
  const std::string both = "#version 450\n" + std::string{image_body} + "void main() {}\n";
  EXPECT_EQ(complete_shader(both, "f"), both);
}

TEST(ShaderText, InNeitherFormIsRefused) {
  for (const std::string_view text : {"", "\n\n", "hello", "int x = 1;", "// void mainImage(\n",
                                      "/* void main() */", "mainImages domain"}) {
    EXPECT_EQ(complaint_about(text), "my.frag: has neither mainImage() nor main()") << text;
  }
}

TEST(ShaderText, ThatWantsTexturesIsRefusedWithItsLine) {
  const std::string text = std::string{image_body} +
                           "// iChannel0 would be nice\n/* iChannel1\n */ " +
                           "vec4 f() { return texture(iChannel2, vec2(0)); }\n";
  EXPECT_EQ(complaint_about(text),
            "my.frag:4: error: iChannel2: drm-show has no textures or sounds for shaders");
  EXPECT_EQ(complaint_about("float iSampleRates, x = iSampleRate;" + std::string{image_body}),
            "my.frag:1: error: iSampleRate: drm-show has no sound for shaders");
}

TEST(ShaderText, WithACommentThatNeverEndsIsRefusedWithItsLine) {
  EXPECT_EQ(complaint_about(std::string{image_body} + "\n/* and so on\n\n"),
            "my.frag:3: error: this comment never ends");
}

TEST(ShaderText, IsText) {
  EXPECT_EQ(complaint_about({"void main() {}\0", 15}),
            "my.frag: is neither a shader's text nor SPIR-V");
  EXPECT_EQ(complaint_about("\x7f\x45LF\x02\x01"),
            "my.frag: is neither a shader's text nor SPIR-V");
  EXPECT_EQ(complaint_about(std::string(max_shader_text + 1, ' ')),
            "my.frag: 1048577 bytes are too many for a shader: the limit is 1048576");
  EXPECT_EQ(complaint_about("// \xc3\xa4\r\n\tvoid main() {}"), "none");
}

TEST(ShaderText, IsReadInOneGoHoweverItLooks) {
  std::string text{image_body};
  while (text.size() < max_shader_text - 64) text += "/**/#/ #version\r\n1e5e/*/*/ \"//\\\n";
  EXPECT_EQ(complaint_about(text), "none");
}

}  // namespace
}  // namespace drmshow::test
