// Usage: make-edid-samples FOLDER
// Writes the sample EDIDs there, as tests/data/edid has them.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "edid_builder.hpp"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
    return 2;
  }
  for (const auto& sample : drmshow::test::edid_samples()) {
    std::ofstream file{std::filesystem::path{argv[1]} / (sample.name + ".bin"), std::ios::binary};
    for (const std::uint8_t byte : sample.bytes) file.put(static_cast<char>(byte));
    if (!file.flush()) {
      std::perror(argv[1]);
      return 1;
    }
  }
  return 0;
}
