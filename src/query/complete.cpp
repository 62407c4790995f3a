#include "query/complete.hpp"

#include <algorithm>

#include "drm-show/error.hpp"
#include "query/explain.hpp"
#include "query/fields.hpp"
#include "query/options.hpp"
#include "query/path.hpp"
#include "query/text_style.hpp"
#include "query/verbs.hpp"

namespace drmshow {
namespace {

using Candidates = std::vector<std::string>;

std::vector<Report> reports_or_none(const Source& source) {
  try {
    return read_reports(source);
  } catch (const Error&) {
    return {};
  }
}

// "DP-1", "plane/31": the device's name in front only where it is needed or asked for.
std::string short_path(const std::string& path, std::string_view word, std::size_t devices) {
  const std::size_t slash = path.find('/');
  const bool keep = slash == std::string::npos || devices > 1 || word.starts_with("card");
  return keep ? path : path.substr(slash + 1);
}

// Objects; with a "." in the word, also their fields.
Candidates paths(const Source& source, std::string_view word) {
  const std::vector<Report> reports = reports_or_none(source);
  Candidates all;
  for (const Report& report : reports) {
    for (const FieldGroup& group : fields_of(report)) {
      const std::string path = short_path(group.path, word, reports.size());
      all.push_back(path);
      if (!word.starts_with(path + ".")) continue;
      for (const Field& field : group.fields) {
        if (!field.name.starts_with("mode ")) all.push_back(path + "." + field.name);
      }
    }
  }
  return all;
}

Candidates verbs_and_paths(const Source& source, std::string_view word) {
  Candidates all{verb_names().begin(), verb_names().end()};
  for (std::string& path : paths(source, word)) all.push_back(std::move(path));
  return all;
}

Candidates explained_names() {
  Candidates all;
  for (const Explanation& each : explanations()) all.emplace_back(each.name);
  return all;
}

Candidates candidates_for(const Source& source, std::span<const std::string> words) {
  const std::string& word = words.back();
  if (word.starts_with("-")) return query_option_names();
  if (words.size() == 1) return verbs_and_paths(source, word);
  const std::string& verb = words.front();
  if (words.size() > 2) return {};
  if (verb == "get" || verb == "show") return paths(source, word);
  if (verb == "graph") return {"text", "dot", "svg"};
  if (verb == "explain") return explained_names();
  return {};
}

}  // namespace

std::vector<std::string> completions(const Source& source, std::span<const std::string> words) {
  const std::string nothing;
  if (words.empty()) words = {&nothing, 1};
  Candidates all = candidates_for(source, words);
  // What a shell cannot show, it must not get: candidates are lines.
  std::erase_if(all, [&](const std::string& each) {
    return !each.starts_with(words.back()) || printable(TextStyle{}, each) != each;
  });
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace drmshow
