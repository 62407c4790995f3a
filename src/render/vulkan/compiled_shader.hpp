// What a shader file was compiled to. All scenes that show the file share it, on whatever GPU: it
// is compiled once for all of them, and what was good last is there when another GPU takes over
// while somebody edits.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

namespace drmshow {

/// The fragment shader in a file's `bytes`, in one of the forms of content/shader_source.hpp or as
/// SPIR-V, ready for ShaderScene. `name`: for errors. Throws Error (bad_content; gpu: there is no
/// compiler). `give_up`: see compile_fragment_shader().
std::vector<std::uint32_t> compile_shader_file(std::span<const std::byte> bytes,
                                               const std::string& name, int give_up = -1);

/// All of it is for any thread.
class CompiledShader {
 public:
  using Words = std::shared_ptr<const std::vector<std::uint32_t>>;

  /// Reads nothing yet.
  explicit CompiledShader(std::filesystem::path file);

  const std::filesystem::path& file() const { return file_; }
  /// "plasma.frag", for people.
  std::string name() const { return file_.filename().string(); }
  /// What was good last; nullptr if nothing was.
  Words good() const;
  /// The file is as it was when it was compiled last; or cannot be read now.
  bool is_current();
  /// Reads the file, and compiles it if it is not as it was. Throws Error (bad_content, gpu): each
  /// version of the file throws once. `give_up`: see compile_fragment_shader().
  void compile(int give_up = -1);

 private:
  std::filesystem::path file_;
  std::timed_mutex compiling_;    // of tried_
  std::vector<std::byte> tried_;  // the file's, when it was compiled last
  mutable std::mutex reading_;    // of good_
  Words good_;
};

}  // namespace drmshow
