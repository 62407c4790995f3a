#include "content/spirv_check.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "content/spirv_words.hpp"
#include "drm-show/error.hpp"

namespace drmshow {
namespace {

using Code = std::span<const std::uint32_t>;

// The numbers are of the SPIR-V specification, 1.6, chapters 2.3 and 3.
constexpr std::uint32_t spirv_magic = 0x07230203;
constexpr std::uint32_t spirv_magic_swapped = 0x03022307;
constexpr std::size_t header_words = 5;
constexpr std::uint32_t newest_minor = 6;  // what Vulkan 1.3 takes

// Drivers make a table of as many entries: 65536 is enough for what people write, and larger
// modules have a word at least for each of their ids.
constexpr std::size_t ids_at_least = 65536;

enum Op : std::uint32_t {
  op_extension = 10,
  op_ext_inst_import = 11,
  op_memory_model = 14,
  op_entry_point = 15,
  op_capability = 17,
  op_type_int = 21,
  op_type_float = 22,
  op_type_vector = 23,
  op_type_array = 28,
  op_type_struct = 30,
  op_type_pointer = 32,
  op_variable = 59,
  op_decorate = 71,
  op_member_decorate = 72,
};

enum Storage : std::uint32_t {
  storage_input = 1,
  storage_output = 3,
  storage_private = 6,
  storage_function = 7,
  storage_push_constant = 9,
};

enum Decoration : std::uint32_t {
  decoration_built_in = 11,
  decoration_location = 30,
  decoration_index = 32,
  decoration_offset = 35,
};

constexpr std::uint32_t model_fragment = 4;
constexpr std::uint32_t addressing_logical = 0;
constexpr std::uint32_t memory_glsl450 = 1;

// Matrix, Shader, Sampled1D, ImageQuery, DerivativeControl, InterpolationFunction: of any device.
constexpr std::uint32_t known_capabilities[] = {0, 1, 43, 50, 51, 52};

constexpr std::string_view known_extensions[] = {"SPV_GOOGLE_decorate_string",
                                                 "SPV_GOOGLE_hlsl_functionality1",
                                                 "SPV_GOOGLE_user_type",
                                                 "SPV_KHR_non_semantic_info",
                                                 "SPV_KHR_storage_buffer_storage_class",
                                                 "SPV_KHR_terminate_invocation"};

/// A string of an instruction's words; nothing if it does not end.
std::optional<std::string_view> string_in(Code words) {
  const char* const text = reinterpret_cast<const char*>(words.data());
  const void* const end = std::memchr(text, 0, words.size_bytes());
  if (end == nullptr) return std::nullopt;
  return std::string_view{text, static_cast<std::size_t>(static_cast<const char*>(end) - text)};
}

class Checker {
 public:
  Checker(Code words, std::uint32_t push_bytes, const std::string& name, ShaderText text)
      : words_{words}, push_bytes_{push_bytes}, name_{name}, text_{text} {}

  void check() {
    check_header();
    for (Code rest = words_.subspan(header_words); !rest.empty();) {
      const std::size_t length = rest.front() >> 16;
      if (length == 0 || length > rest.size()) fail("an instruction does not end");
      read(rest.front() & 0xffff, rest.subspan(1, length - 1));
      rest = rest.subspan(length);
    }
    if (!memory_model_) fail("there is no memory model");
    if (entry_points_ != 1) fail(fmt::format("{} entry points, instead of one", entry_points_));
    check_inputs();
    check_colour();
    if (push_types_.size() > 1) fail("push constants in several blocks");
    for (const std::uint32_t type : push_types_) check_push_block(type);
  }

 private:
  struct Type {
    std::uint32_t op = 0;      // 0: none that we look at
    std::uint32_t bytes = 0;   // scalars and vectors
    std::uint32_t target = 0;  // pointers
    Code members;              // structs
    bool real = false;         // made of 32-bit floats: a number, a vector, an array of these
  };
  struct Output {
    std::uint32_t id;
    std::uint32_t pointer;  // its type
  };
  struct Offset {
    std::uint32_t block;
    std::uint32_t member;
    std::uint32_t bytes;
  };

  [[noreturn]] void fail(std::string_view what) const {
    constexpr std::string_view may = "drm-show(1), SHADERS, tells what a shader may use.";
    if (text_ == ShaderText::glsl) {
      throw Error{Failure::bad_content,
                  fmt::format("{}: error: a shader that cannot be drawn with: {}", name_, what),
                  std::string{may}};
    }
    throw Error{Failure::bad_content,
                fmt::format("{}: SPIR-V that cannot be drawn with: {}", name_, what),
                fmt::format("spirv-val and spirv-dis tell more; {}", may)};
  }

  void check_header() {
    if (words_.size() < header_words) fail("it is cut off");
    const std::uint32_t version = words_[1];
    if (words_[0] != spirv_magic) fail("it begins with another number than SPIR-V");
    if ((version & 0xff0000ff) != 0 || version >> 16 != 1 || (version >> 8 & 0xff) > newest_minor) {
      fail(fmt::format("version {:#010x}", version));
    }
    const std::uint32_t bound = words_[3];
    if (bound == 0 || bound > std::max(words_.size(), ids_at_least)) {
      fail(fmt::format("it claims to have {} ids", bound));
    }
    if (words_[4] != 0) fail("a schema is reserved");
    types_.resize(bound);
    locations_.resize(bound);
    indices_.resize(bound);
    built_in_.resize(bound);
  }

  template <class Table>
  auto& at(Table& table, std::uint32_t id) const {
    if (id == 0 || id >= table.size()) fail(fmt::format("id {} is out of bounds", id));
    return table[id];
  }

  void read(std::uint32_t op, Code operands) {
    const auto need = [&](std::size_t count) {
      if (operands.size() < count) fail("an instruction is too short");
    };
    switch (op) {
      case op_capability:
        need(1);
        return check_capability(operands[0]);
      case op_extension:
        return check_extension(operands);
      case op_ext_inst_import:
        need(2);
        return check_import(operands.subspan(1));
      case op_memory_model:
        need(2);
        return check_memory_model(operands);
      case op_entry_point:
        need(3);
        return check_entry_point(operands);
      case op_decorate:
        need(2);
        return read_decoration(operands);
      case op_member_decorate:
        need(3);
        return read_member_decoration(operands);
      case op_variable:
        need(3);
        return read_variable(operands);
      case op_type_pointer:
        need(3);
        at(types_, operands[0]) = {op, 0, operands[2], {}, false};
        return;
      default:
        return read_type(op, operands);
    }
  }

  void check_capability(std::uint32_t capability) const {
    if (std::ranges::find(known_capabilities, capability) == std::end(known_capabilities)) {
      fail(fmt::format("capability {} is needed", capability_words(capability)));
    }
  }

  void check_extension(Code operands) const {
    const auto extension = string_in(operands);
    if (!extension) fail("an extension's name does not end");
    if (std::ranges::find(known_extensions, *extension) == std::end(known_extensions)) {
      fail("an extension is needed that drm-show does not know");
    }
  }

  void check_import(Code operands) const {
    const auto import = string_in(operands);
    if (!import || (*import != "GLSL.std.450" && !import->starts_with("NonSemantic."))) {
      fail("instructions other than those of GLSL.std.450 are needed");
    }
  }

  void check_memory_model(Code operands) {
    if (operands[0] != addressing_logical || operands[1] != memory_glsl450) {
      fail("a memory model other than logical GLSL450");
    }
    memory_model_ = true;
  }

  void check_entry_point(Code operands) {
    if (operands[0] != model_fragment) fail("it is no fragment shader");
    if (string_in(operands.subspan(2)) != "main") fail("its entry point is not called main");
    ++entry_points_;
  }

  void read_decoration(Code operands) {
    if (operands[1] == decoration_built_in) at(built_in_, operands[0]) = 1;
    if (operands[1] != decoration_location && operands[1] != decoration_index) return;
    if (operands.size() < 3) fail("an instruction is too short");
    if (operands[1] == decoration_index) {
      at(indices_, operands[0]) = operands[2];
    } else {
      at(locations_, operands[0]) = operands[2];
    }
  }

  void read_member_decoration(Code operands) {
    if (operands[2] != decoration_offset) return;
    if (operands.size() < 4) fail("an instruction is too short");
    offsets_.push_back({operands[0], operands[1], operands[3]});
  }

  void read_variable(Code operands) {
    switch (operands[2]) {
      case storage_private:
      case storage_function:
        return;
      case storage_output:
        outputs_.push_back({operands[1], operands[0]});
        return;
      case storage_input:
        inputs_.push_back(operands[1]);
        return;
      case storage_push_constant:
        push_types_.push_back(operands[0]);
        return;
      default:
        fail("it wants textures or buffers, which drm-show does not give to shaders");
    }
  }

  void read_type(std::uint32_t op, Code operands) {
    if (op == op_type_struct) {
      if (operands.empty()) fail("an instruction is too short");
      at(types_, operands[0]) = {op, 0, 0, operands.subspan(1), false};
    }
    if (op == op_type_array) {
      if (operands.size() < 2) fail("an instruction is too short");
      at(types_, operands[0]) = {op, 0, 0, {}, at(types_, operands[1]).real};
    }
    if (op != op_type_int && op != op_type_float && op != op_type_vector) return;
    if (operands.size() < (op == op_type_float ? 2u : 3u)) fail("an instruction is too short");
    constexpr std::uint32_t bits = 32;
    if (op == op_type_vector) {
      const std::uint32_t count = operands[2];
      if (count < 2 || count > 4) fail("a vector of other than two to four");
      const Type& one = at(types_, operands[1]);
      at(types_, operands[0]) = {op, one.bytes * count, 0, {}, one.real};
    } else {
      if (operands[1] != bits) fail(fmt::format("numbers of {} bits", operands[1]));
      at(types_, operands[0]) = {op, bits / 8, 0, {}, op == op_type_float};
    }
  }

  void check_inputs() const {
    for (const std::uint32_t id : inputs_) {
      if (at(built_in_, id) == 0) fail("it wants values from a vertex shader");
    }
  }

  // What it writes to other locations goes nowhere.
  void check_colour() const {
    bool written = false;
    for (const Output& output : outputs_) {
      if (at(locations_, output.id) != std::uint32_t{0}) continue;
      if (at(indices_, output.id) != 0) fail("a second colour at location 0, for blending");
      if (!at(types_, at(types_, output.pointer).target).real) {
        fail("what is written to location 0 is no 32-bit float, nor a vector of them");
      }
      written = true;
    }
    if (!written) fail("nothing is written to location 0");
  }

  /// `pointer`: the type of a variable of push constants.
  void check_push_block(std::uint32_t pointer) const {
    const std::uint32_t block = at(types_, pointer).target;
    const Type& type = at(types_, block);
    if (type.op != op_type_struct) fail("push constants that are no block");
    if (type.members.size() > push_bytes_ / sizeof(float)) fail("too many push constants");
    for (std::uint32_t member = 0; member < type.members.size(); ++member) {
      check_push_member(block, member, at(types_, type.members[member]).bytes);
    }
  }

  void check_push_member(std::uint32_t block, std::uint32_t member, std::uint32_t bytes) const {
    const auto offset = std::ranges::find_if(
        offsets_, [&](const Offset& o) { return o.block == block && o.member == member; });
    if (bytes == 0) fail("push constants other than numbers and vectors of them");
    if (offset == offsets_.end()) fail("push constants without a place");
    if (offset->bytes > push_bytes_ || bytes > push_bytes_ - offset->bytes) {
      fail(fmt::format("push constants beyond the {} bytes that there are", push_bytes_));
    }
  }

  Code words_;
  std::uint32_t push_bytes_;
  const std::string& name_;
  ShaderText text_;

  // By id; sized by check_header().
  std::vector<Type> types_;
  std::vector<std::optional<std::uint32_t>> locations_;
  std::vector<std::uint32_t> indices_;
  std::vector<std::uint8_t> built_in_;  // 1: so decorated

  std::vector<Offset> offsets_;
  std::vector<std::uint32_t> inputs_;  // ids of variables
  std::vector<Output> outputs_;
  std::vector<std::uint32_t> push_types_;  // ids of pointers
  bool memory_model_ = false;
  int entry_points_ = 0;
};

std::optional<std::uint32_t> first_word(std::span<const std::byte> bytes) {
  std::uint32_t word = 0;
  if (bytes.size() < sizeof word) return std::nullopt;
  std::memcpy(&word, bytes.data(), sizeof word);
  return word;
}

}  // namespace

bool is_spirv(std::span<const std::byte> bytes) {
  const auto word = first_word(bytes);
  return word == spirv_magic || word == spirv_magic_swapped;
}

std::vector<std::uint32_t> spirv_words(std::span<const std::byte> bytes, const std::string& name) {
  const auto fail = [&](const std::string& what) {
    throw Error{Failure::bad_content, name + ": " + what, "Compile the shader again, with glslc."};
  };
  if (first_word(bytes) == spirv_magic_swapped) fail("SPIR-V of the other byte order");
  if (bytes.size() % sizeof(std::uint32_t) != 0) fail("SPIR-V that is cut off");
  if (bytes.size() > max_spirv_bytes) {
    fail(fmt::format("{} bytes of SPIR-V are too many: the limit is {}", bytes.size(),
                     max_spirv_bytes));
  }
  std::vector<std::uint32_t> words(bytes.size() / sizeof(std::uint32_t));
  if (!bytes.empty()) std::memcpy(words.data(), bytes.data(), bytes.size());
  return words;
}

void check_fragment_shader(std::span<const std::uint32_t> words, std::uint32_t push_bytes,
                           const std::string& name, ShaderText text) {
  Checker{words, push_bytes, name, text}.check();
}

}  // namespace drmshow
