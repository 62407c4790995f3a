// Runs a fuzz target once on every file of the folders given: how ordinary builds keep what fuzzing
// found from coming back.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void replay(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  std::vector<std::uint8_t> bytes;
  std::transform(std::istreambuf_iterator<char>{file}, {}, std::back_inserter(bytes),
                 [](char c) { return static_cast<std::uint8_t>(c); });
  std::printf("%s\n", path.c_str());
  std::fflush(stdout);  // so that a crash names its file
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
  int count = 0;
  for (int i = 1; i < argc; ++i)
    for (const auto& entry : std::filesystem::directory_iterator{argv[i]}) {
      if (!entry.is_regular_file()) continue;
      replay(entry.path());
      ++count;
    }
  std::printf("%d files\n", count);
  return count == 0 ? 1 : 0;
}
