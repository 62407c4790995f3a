// What SPIR-V is drawn with: modules assembled here, word by word, each with one thing wrong.
#include "content/spirv_check.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "drm-show/error.hpp"

namespace drmshow::test {
namespace {

using Words = std::vector<std::uint32_t>;

constexpr std::uint32_t push_bytes = 60;

Words op(std::uint32_t code, Words operands) {
  Words words{static_cast<std::uint32_t>(operands.size() + 1) << 16 | code};
  words.insert(words.end(), operands.begin(), operands.end());
  return words;
}

Words text(std::string_view characters) {
  Words words(characters.size() / 4 + 1);
  std::memcpy(words.data(), characters.data(), characters.size());
  return words;
}

Words operator+(Words a, const Words& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// Ids of module().
enum Id : std::uint32_t {
  id_main = 1,
  id_colour,
  id_pointer,
  id_push,
  id_block,
  id_block_pointer,
  id_float,
  id_vec,
  id_input,
  id_import
};

/// Parts of a module that is good; tests exchange one of them.
struct Module {
  Words header{0x07230203, 0x00010300, 0, 20, 0};
  Words capability = op(17, {1});
  Words extension;
  Words import = op(11, Words{id_import} + text("GLSL.std.450"));
  Words memory = op(14, {0, 1});
  Words entry = op(15, Words{4, id_main} + text("main") + Words{id_colour});
  Words colour_place = op(71, {id_colour, 30, 0});
  Words input_place = op(71, {id_input, 11, 15});
  Words offsets = op(72, {id_block, 0, 35, 0}) + op(72, {id_block, 1, 35, 16});
  Words types = op(22, {id_float, 32}) + op(23, {id_vec, id_float, 4}) +
                op(32, {id_pointer, 3, id_vec}) + op(30, {id_block, id_float, id_vec}) +
                op(32, {id_block_pointer, 9, id_block});
  Words variables = op(59, {id_pointer, id_colour, 3}) + op(59, {id_block_pointer, id_push, 9}) +
                    op(59, {id_pointer, id_input, 1});
  Words rest = op(56, {});

  Words all() const {
    return header + capability + extension + import + memory + entry + colour_place + input_place +
           offsets + types + variables + rest;
  }
};

std::string complaint_about(const Words& words) {
  try {
    check_fragment_shader(words, push_bytes, "my.spv");
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::bad_content);
    const std::string what = error.what();
    const std::string begin = "my.spv: SPIR-V that cannot be drawn with: ";
    EXPECT_TRUE(what.starts_with(begin)) << what;
    return what.substr(begin.size());
  }
  return "none";
}

template <class Change>
std::string complaint_with(const Change& change) {
  Module module;
  change(module);
  return complaint_about(module.all());
}

TEST(Spirv, OfAFragmentShaderIsTaken) {
  EXPECT_EQ(complaint_about(Module{}.all()), "none");
}

TEST(Spirv, NeedsAHeaderThatMakesSense) {
  const auto with = [](std::size_t word, std::uint32_t value) {
    return complaint_with([&](Module& m) { m.header[word] = value; });
  };
  EXPECT_EQ(with(0, 1), "it begins with another number than SPIR-V");
  EXPECT_EQ(with(1, 0x00010700), "version 0x00010700");
  EXPECT_EQ(with(1, 0x00020000), "version 0x00020000");
  EXPECT_EQ(with(1, 0x00010601), "version 0x00010601");
  EXPECT_EQ(with(3, 0), "it claims to have 0 ids");
  EXPECT_EQ(with(3, 65537), "it claims to have 65537 ids");
  EXPECT_EQ(with(4, 1), "a schema is reserved");
  EXPECT_EQ(with(3, 9), "id 9 is out of bounds");
  for (std::size_t length = 0; length < 5; ++length) {
    EXPECT_EQ(complaint_about(Words(length, 0x07230203)), "it is cut off");
  }
}

TEST(Spirv, CutOffBeforeItsOutputIsRefused) {
  Module module;
  module.variables.resize(4);  // what comes after the first is not missed
  module.rest = {};
  const Words whole = module.all();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const Words cut{whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length)};
    EXPECT_NE(complaint_about(cut), "none") << length;
  }
  EXPECT_EQ(complaint_about(whole), "none");
}

TEST(Spirv, NeedsWhatThereIs) {
  struct Case {
    const char* complaint;
    void (*change)(Module&);
  };
  constexpr const char* no_float =
      "what is written to location 0 is no 32-bit float, nor a vector of them";
  const Case cases[] = {
      {"capability Float64 (numbers of 64 bits, as double has) is needed",
       [](Module& m) { m.capability = m.capability + op(17, {10}); }},
      {"capability number 9999 is needed",
       [](Module& m) { m.capability = m.capability + op(17, {9999}); }},
      {"an extension is needed that drm-show does not know",
       [](Module& m) { m.extension = op(10, text("SPV_KHR_ray_tracing")); }},
      {"none", [](Module& m) { m.extension = op(10, text("SPV_GOOGLE_user_type")); }},
      {"an extension's name does not end", [](Module& m) { m.extension = op(10, {0x41414141}); }},
      {"instructions other than those of GLSL.std.450 are needed",
       [](Module& m) { m.import = op(11, Words{id_import} + text("OpenCL.std")); }},
      {"none",
       [](Module& m) { m.import = op(11, Words{id_import} + text("NonSemantic.DebugPrintf")); }},
      {"a memory model other than logical GLSL450",
       [](Module& m) {
         m.memory = op(14, {0, 3});
       }},
      {"there is no memory model", [](Module& m) { m.memory = {}; }},
      {"it is no fragment shader", [](Module& m) { m.entry[1] = 5; }},
      {"its entry point is not called main",
       [](Module& m) {
         m.entry = op(15, Words{4, id_main} + text("other"));
       }},
      {"0 entry points, instead of one", [](Module& m) { m.entry = {}; }},
      {"2 entry points, instead of one", [](Module& m) { m.entry = m.entry + m.entry; }},
      {"nothing is written to location 0", [](Module& m) { m.colour_place = {}; }},
      {"nothing is written to location 0", [](Module& m) { m.colour_place[3] = 1; }},
      {"a second colour at location 0, for blending",
       [](Module& m) {
         m.colour_place = m.colour_place + op(71, {id_colour, 32, 1});
       }},
      {"none",
       [](Module& m) {
         m.colour_place = m.colour_place + op(71, {id_colour, 32, 0});
       }},
      {no_float,
       [](Module& m) {
         m.types = m.types + op(21, {16, 32, 1}) + op(23, {id_vec, 16, 4});
       }},
      {no_float,
       [](Module& m) {
         m.types = m.types + op(21, {id_vec, 32, 0});
       }},
      {no_float,
       [](Module& m) {
         m.types = m.types + op(32, {id_pointer, 3, id_block});
       }},
      {no_float,
       [](Module& m) {
         m.types = m.types + op(32, {id_pointer, 3, 16});
       }},
      {"none",
       [](Module& m) {
         m.types = m.types + op(32, {id_pointer, 3, id_float});
       }},
      {"none",
       [](Module& m) {
         m.types = m.types + op(28, {16, id_vec, 17}) + op(32, {id_pointer, 3, 16});
       }},
      {"it wants values from a vertex shader", [](Module& m) { m.input_place = {}; }},
      {"it wants values from a vertex shader",
       [](Module& m) {
         m.input_place = op(71, {id_input, 30, 0});
       }},
      {"it wants textures or buffers, which drm-show does not give to shaders",
       [](Module& m) {
         m.variables = m.variables + op(59, {id_pointer, 15, 0});
       }},
      {"it wants textures or buffers, which drm-show does not give to shaders",
       [](Module& m) {
         m.variables = m.variables + op(59, {id_pointer, 15, 12});
       }},
      {"none",
       [](Module& m) {
         m.variables = m.variables + op(59, {id_pointer, 15, 6});
       }},
      {"push constants beyond the 60 bytes that there are",
       [](Module& m) { m.offsets.back() = 48; }},
      {"push constants beyond the 60 bytes that there are",
       [](Module& m) { m.offsets.back() = 0xfffffff0; }},
      {"none", [](Module& m) { m.offsets.back() = 44; }},
      {"push constants without a place", [](Module& m) { m.offsets = {}; }},
      {"push constants in several blocks",
       [](Module& m) {
         m.variables = m.variables + op(59, {id_block_pointer, 15, 9});
       }},
      {"push constants that are no block",
       [](Module& m) {
         m.variables = op(59, {id_pointer, id_colour, 3}) + op(59, {id_pointer, id_push, 9});
       }},
      {"too many push constants",
       [](Module& m) { m.types = m.types + op(30, Words{id_block} + Words(16, id_float)); }},
      {"push constants other than numbers and vectors of them",
       [](Module& m) {
         m.types = m.types + op(30, {id_block, id_pointer});
       }},
      {"numbers of 64 bits",
       [](Module& m) {
         m.types = m.types + op(22, {16, 64});
       }},
      {"a vector of other than two to four",
       [](Module& m) {
         m.types = m.types + op(23, {16, id_float, 5});
       }},
      {"id 20 is out of bounds",
       [](Module& m) {
         m.types = m.types + op(22, {20, 32});
       }},
      {"id 0 is out of bounds",
       [](Module& m) {
         m.types = m.types + op(22, {0, 32});
       }},
      {"an instruction does not end", [](Module& m) { m.rest = {0}; }},
      {"an instruction does not end", [](Module& m) { m.rest = {0xffff0000 | 56}; }},
      {"an instruction is too short", [](Module& m) { m.rest = {1u << 16 | 59}; }},
  };
  for (const Case& one : cases) EXPECT_EQ(complaint_with(one.change), one.complaint);
}

TEST(Spirv, WithAnyWordChangedDoesNoHarm) {
  const Words whole = Module{}.all();
  int refused = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const std::uint32_t value : {0u, 1u, 19u, 20u, 0x7fffffffu, 0xffffffffu,
                                      whole[i] + (1u << 16), whole[i] - (1u << 16)}) {
      Words changed = whole;
      changed[i] = value;
      refused += complaint_about(changed) == "none" ? 0 : 1;
    }
  }
  EXPECT_GT(refused, 200);
}

std::string complaint_about_bytes(std::vector<std::byte> bytes) {
  try {
    spirv_words(bytes, "my.spv");
  } catch (const Error& error) {
    return error.what();
  }
  return "none";
}

TEST(SpirvBytes, AreWholeWordsOfOurOrder) {
  const auto bytes_of = [](std::initializer_list<int> values, std::size_t size) {
    std::vector<std::byte> bytes;
    for (const int value : values) bytes.push_back(static_cast<std::byte>(value));
    bytes.resize(size);
    return bytes;
  };
  const auto ours = {0x03, 0x02, 0x23, 0x07};
  const auto theirs = {0x07, 0x23, 0x02, 0x03};
  EXPECT_EQ(complaint_about_bytes(bytes_of(ours, 24)), "none");
  EXPECT_EQ(complaint_about_bytes(bytes_of(ours, 23)), "my.spv: SPIR-V that is cut off");
  EXPECT_EQ(complaint_about_bytes(bytes_of(theirs, 24)), "my.spv: SPIR-V of the other byte order");
  EXPECT_EQ(complaint_about_bytes(bytes_of(ours, max_spirv_bytes + 4)),
            "my.spv: 4194308 bytes of SPIR-V are too many: the limit is 4194304");
  EXPECT_TRUE(is_spirv(bytes_of(ours, 4)));
  EXPECT_TRUE(is_spirv(bytes_of(theirs, 4)));
  EXPECT_FALSE(is_spirv(bytes_of(ours, 3)));
  EXPECT_FALSE(is_spirv(bytes_of({'v', 'o', 'i', 'd'}, 40)));
}

}  // namespace
}  // namespace drmshow::test
