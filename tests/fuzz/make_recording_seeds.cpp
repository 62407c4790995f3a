// Writes seeds of tests/fuzz/corpus/recording: the first and the last records of real recordings,
// in rings that are as small as readers take them.
//
//   make-recording-seeds FOLDER RECORDING…
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "record/record_format.hpp"

namespace {

using namespace drmshow;

constexpr std::uint64_t cells = most_record_cells;
constexpr std::size_t head_bytes = (sizeof(RecordingHeader) + 7) / 8 * 8;

std::uint64_t number_at(const std::vector<char>& bytes, std::size_t at) {
  std::uint64_t number = 0;
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}
void put(std::vector<char>& bytes, std::size_t at, std::uint64_t number) {
  std::memcpy(bytes.data() + at, &number, sizeof number);
}

// With the records before number `end`.
std::vector<char> seed(const std::vector<char>& file, std::uint64_t end) {
  const std::uint64_t from_cells = number_at(file, offsetof(RecordingHeader, cells));
  const std::uint64_t stamps_at = number_at(file, offsetof(RecordingHeader, stamps_at));
  const std::uint64_t cells_at = number_at(file, offsetof(RecordingHeader, cells_at));
  std::vector<char> result(head_bytes + cells * (8 + cell_bytes));
  std::copy_n(file.begin(), sizeof(RecordingHeader), result.begin());
  put(result, offsetof(RecordingHeader, cells), cells);
  put(result, offsetof(RecordingHeader, stamps_at), head_bytes);
  put(result, offsetof(RecordingHeader, cells_at), head_bytes + cells * 8);
  put(result, offsetof(RecordingHeader, next), end);
  for (std::uint64_t number = end - cells; number < end; ++number) {
    const std::uint64_t from = number % from_cells;
    const std::uint64_t to = number % cells;
    put(result, head_bytes + to * 8, number_at(file, stamps_at + from * 8));
    std::copy_n(
        file.begin() + static_cast<std::ptrdiff_t>(cells_at + from * cell_bytes), cell_bytes,
        result.begin() + static_cast<std::ptrdiff_t>(head_bytes + cells * 8 + to * cell_bytes));
  }
  return result;
}

void write(const std::filesystem::path& path, const std::vector<char>& bytes) {
  std::ofstream{path, std::ios::binary}.write(bytes.data(),
                                              static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() < 2) return 2;
  for (auto word = words.begin() + 1; word != words.end(); ++word) {
    std::ifstream in{*word, std::ios::binary};
    const std::vector<char> file{std::istreambuf_iterator<char>{in}, {}};
    const std::filesystem::path name = std::filesystem::path{*word}.filename();
    const std::filesystem::path folder = words.front();
    write(folder / (name.string() + "-begin"),
          seed(file, number_at(file, offsetof(RecordingHeader, cells)) + cells));
    write(folder / (name.string() + "-end"),
          seed(file, number_at(file, offsetof(RecordingHeader, next))));
  }
  return 0;
}
