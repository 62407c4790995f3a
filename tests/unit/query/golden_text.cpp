#include "golden_text.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

namespace drmshow::test {

void expect_golden(std::string_view name, const std::string& text) {
  const std::filesystem::path path =
      std::filesystem::path{GOLDEN_DIR} / (std::string{name} + ".txt");
  const char* update = std::getenv("DRMSHOW_UPDATE_GOLDEN");
  if (update && std::string_view{update} == "1") {
    std::ofstream{path, std::ios::binary} << text;
    return;
  }
  std::ifstream file{path, std::ios::binary};
  ASSERT_TRUE(file) << path << " is missing: run with DRMSHOW_UPDATE_GOLDEN=1";
  const std::string wanted{std::istreambuf_iterator<char>{file}, {}};
  EXPECT_EQ(text, wanted) << "differs from " << path;
}

}  // namespace drmshow::test
