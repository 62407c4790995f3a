#include "drm/clients.hpp"

#include <charconv>
#include <fstream>
#include <sstream>
#include <vector>

#include <fmt/format.h>

namespace drmshow {
namespace {

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream stream{line};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::optional<int> to_int(const std::string& word) {
  int value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return value;
}

// The line "command tgid dev master …": the command may have spaces, so look for "number number
// y|n" from the left after at least one word.
std::optional<DrmClient> master_in(const std::vector<std::string>& words) {
  for (std::size_t i = 1; i + 2 < words.size(); ++i) {
    const auto pid = to_int(words[i]);
    if (!pid || !to_int(words[i + 1])) continue;
    if (words[i + 2] != "y") return std::nullopt;
    std::string command = words[0];
    for (std::size_t j = 1; j < i; ++j) command += " " + words[j];
    return DrmClient{command, *pid};
  }
  return std::nullopt;
}

}  // namespace

std::vector<DrmClient> parse_masters(std::string_view clients) {
  std::vector<DrmClient> masters;
  std::istringstream lines{std::string{clients}};
  for (std::string line; std::getline(lines, line);) {
    if (auto master = master_in(words_of(line))) masters.push_back(std::move(*master));
  }
  return masters;
}

std::optional<std::vector<DrmClient>> find_masters(unsigned minor) {
  std::ifstream file{fmt::format("/sys/kernel/debug/dri/{}/clients", minor)};
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) return std::nullopt;
  return parse_masters(text.str());
}

std::optional<DrmClient> find_master(unsigned minor) {
  const auto masters = find_masters(minor);
  if (!masters || masters->empty()) return std::nullopt;
  return masters->front();
}

}  // namespace drmshow
