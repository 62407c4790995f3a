// The stored EDIDs are what the builder makes: `make-edid-samples tests/data/edid` after a change.
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "edid_builder.hpp"

namespace drmshow::test {
namespace {

EdidBytes stored(const std::string& name) {
  std::ifstream file{EDID_DIR "/" + name + ".bin", std::ios::binary};
  EdidBytes bytes;
  for (std::istreambuf_iterator<char> at{file}, end; at != end; ++at)
    bytes.push_back(static_cast<std::uint8_t>(*at));
  return bytes;
}

TEST(EdidSamples, AreStoredAsTheyAreMade) {
  for (const EdidSample& sample : edid_samples())
    EXPECT_EQ(stored(sample.name), sample.bytes) << sample.name;
}

TEST(EdidSamples, AreAllThatIsStored) {
  const auto files = std::filesystem::directory_iterator{EDID_DIR};
  EXPECT_EQ(static_cast<std::size_t>(std::distance(begin(files), end(files))),
            edid_samples().size());
}

}  // namespace
}  // namespace drmshow::test
