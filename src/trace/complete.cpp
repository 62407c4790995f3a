#include "trace/complete.hpp"

#include <algorithm>
#include <string_view>

#include "trace/options.hpp"

namespace drmshow {
namespace {

bool takes_recording(std::string_view verb, std::size_t nth) {
  if (verb == "why") return nth == 2;
  constexpr std::string_view takers[] = {"dump", "tail", "summary", "export", "check"};
  return nth == 1 && std::ranges::find(takers, verb) != std::end(takers);
}

std::vector<std::string> all_candidates(std::span<const std::string> plain,
                                        std::span<const RecordingEntry> entries) {
  std::vector<std::string> all;
  if (plain.size() <= 1) {
    for (const std::string_view verb : trace_verb_names()) all.emplace_back(verb);
    return all;
  }
  if (plain.front() == "why" && plain.size() == 2) return {"last", "missed"};
  if (!takes_recording(plain.front(), plain.size() - 1)) return {};
  for (const RecordingEntry& entry : entries) {
    if (entry.pid > 0) all.push_back(std::to_string(entry.pid));
  }
  return all;
}

// Options, and the values of those that have one, are no words of a verb.
std::vector<std::string> without_options(std::span<const std::string> words) {
  std::vector<std::string> plain;
  bool is_value = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const bool last = i + 1 == words.size();
    if ((!word.starts_with('-') && !is_value) || last) plain.push_back(word);
    is_value = word == "--clock" || word == "-o" || word == "--output" ||
               word == "--older-than" || word == "--around";
  }
  return plain;
}

}  // namespace

std::vector<std::string> complete_words(std::span<const std::string> words,
                                        std::span<const RecordingEntry> entries) {
  const std::vector<std::string> plain = without_options(words);
  const std::string begin = plain.empty() ? "" : plain.back();
  std::vector<std::string> found;
  for (std::string& candidate : all_candidates(plain, entries)) {
    const bool again = std::ranges::find(found, candidate) != found.end();
    if (candidate.starts_with(begin) && !again) found.push_back(std::move(candidate));
  }
  return found;
}

}  // namespace drmshow
