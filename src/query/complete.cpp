#include "query/complete.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "query/explain/explain.hpp"
#include "query/get.hpp"
#include "query/json/tree.hpp"
#include "query/objects.hpp"
#include "query/options.hpp"
#include "query/path.hpp"
#include "query/text/style.hpp"
#include "query/verbs.hpp"

namespace drmshow {
namespace {

using Candidates = std::vector<std::string>;

/// What has been typed, taken apart.
struct Typed {
  Source source;
  std::vector<std::string> words;  ///< the verb and its arguments
  std::string last;                ///< the word to complete, or its part after "--option="
  std::string before;              ///< what of it comes before that
  std::string option;              ///< whose value `last` is; empty if it is none's
};

// "~/" is still there, since nobody has run the command yet.
std::string with_home(const std::string& path) {
  const char* home = std::getenv("HOME");
  return path.starts_with("~/") && home ? home + path.substr(1) : path;
}

bool takes_value(const std::string& name) {
  const std::vector<OptionName> names = query_option_names();
  const auto found = std::ranges::find(names, name, &OptionName::name);
  return found != names.end() && found->takes_value;
}

void set_option(const std::string& name, const std::string& value, Source& source) {
  if (name == "-d" || name == "--device") source.device = value;
  // Not stdin, which is the terminal.
  if (name == "-f" || name == "--from") source.file = value == "-" ? "/dev/null" : with_home(value);
}

/// An option and its value in one word: "--device=card1", "-dcard1". No value: empty `name`.
struct Joined {
  std::string name;
  std::size_t length = 0;  ///< of what comes before the value
};

Joined joined_option(const std::string& word) {
  const std::size_t equals = word.find('=');
  if (word.starts_with("--") && equals != std::string::npos) {
    return {word.substr(0, equals), equals + 1};
  }
  const bool is_short = word.size() > 2 && word[0] == '-' && word[1] != '-';
  if (is_short && takes_value(word.substr(0, 2))) return {word.substr(0, 2), 2};
  return {};
}

// All but the last word: sets what they set; returns an option that still waits for its value.
std::string read_words(std::span<const std::string> words, Typed& typed) {
  std::string waiting;
  for (const std::string& word : words) {
    if (!waiting.empty()) {
      set_option(waiting, word, typed.source);
      waiting.clear();
    } else if (const Joined joined = joined_option(word); !joined.name.empty()) {
      set_option(joined.name, word.substr(joined.length), typed.source);
    } else if (takes_value(word)) {
      waiting = word;
    } else if (!word.starts_with("-")) {
      typed.words.push_back(word);
    }
  }
  return waiting;
}

Typed take_apart(const Source& source, std::span<const std::string> words) {
  Typed typed{source, {}, words.back(), {}, {}};
  typed.option = read_words(words.first(words.size() - 1), typed);
  const Joined joined = joined_option(typed.last);
  if (typed.option.empty() && !joined.name.empty()) {
    typed.option = joined.name;
    typed.before = typed.last.substr(0, joined.length);
    typed.last = typed.last.substr(joined.length);
  }
  return typed;
}

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

Candidates objects(std::span<const Report> reports, std::string_view word) {
  Candidates all;
  for (const Report& report : reports) {
    all.push_back(report.name());
    for (const ObjectRef object : objects_of(report)) {
      all.push_back(short_path(object_path(report, object), word, reports.size()));
    }
  }
  return all;
}

void add_members(const Json& json, const std::string& parent, Candidates& all) {
  if (json.is_object()) {
    for (const auto& [name, value] : json.items())
      all.push_back(fmt::format("{}.{}", parent, name));
  } else if (json.is_array()) {
    for (std::size_t i = 0; i < json.size(); ++i) all.push_back(fmt::format("{}.{}", parent, i));
  }
}

// What `get` finds in "DP-1", "DP-1.EDID", "DP-1.modes.0": members of its JSON; and without saying
// so, those of "properties", of a property's "data" and of a device's "driver".
Candidates fields(std::span<const Report> reports, const std::string& parent) {
  Candidates all;
  try {
    const Json json = get_json(resolve(reports, parent));
    add_members(json, parent, all);
    for (const char* implied : {"properties", "data", "driver"}) {
      if (json.is_object() && json.contains(implied)) add_members(json[implied], parent, all);
    }
  } catch (const Error&) {
    all.clear();
  }
  return all;
}

Candidates paths(const Typed& typed) {
  const std::vector<Report> reports = reports_or_none(typed.source);
  const std::size_t dot = typed.last.rfind('.');
  if (dot != std::string::npos) return fields(reports, typed.last.substr(0, dot));
  return objects(reports, typed.last);
}

// get wants a field: the "." is there at once.
Candidates paths_with_fields(const Typed& typed) {
  Candidates all = paths(typed);
  if (typed.last.find('.') != std::string::npos) return all;
  for (std::string& path : all) path += '.';
  return all;
}

Candidates verbs_and_paths(const Typed& typed) {
  Candidates all = paths(typed);
  all.insert(all.end(), verb_names().begin(), verb_names().end());
  return all;
}

Candidates explained_names() {
  Candidates all;
  for (const Explanation& each : explanations()) all.emplace_back(each.name);
  return all;
}

Candidates long_options() {
  Candidates all;
  for (const OptionName& option : query_option_names()) {
    if (option.name.starts_with("--")) all.push_back(option.name);
  }
  return all;
}

Candidates devices(const Source& source) {
  Candidates all;
  for (const Report& report : reports_or_none({{}, source.file, ProbePolicy::current})) {
    all.push_back(report.name());
    if (!report.driver.name.empty()) all.push_back(report.driver.name);
    if (report.bus.type == "pci") all.push_back(report.bus.address);
  }
  return all;
}

Candidates option_values(const Typed& typed) {
  if (typed.option == "-d" || typed.option == "--device") return devices(typed.source);
  if (typed.option == "--color") return {"auto", "always", "never"};
  return {};
}

Candidates candidates_for(const Typed& typed) {
  if (!typed.option.empty()) return option_values(typed);
  if (typed.last.starts_with("-")) return long_options();
  if (typed.words.empty()) return verbs_and_paths(typed);
  const std::string& verb = typed.words.front();
  if (typed.words.size() > 1) return {};
  if (verb == "get") return paths_with_fields(typed);
  if (verb == "show") return paths(typed);
  if (verb == "graph") return {"text", "dot", "svg"};
  if (verb == "explain") return explained_names();
  return {};
}

// A name with control characters is nothing to type, and a terminal would obey it.
bool can_be_typed(const std::string& word) {
  constexpr TextStyle any_language{true, false, 0};
  return printable(any_language, word) == word;
}

}  // namespace

std::vector<std::string> completions(const Source& source, std::span<const std::string> words) {
  const std::string nothing;
  if (words.empty()) words = {&nothing, 1};
  const Typed typed = take_apart(source, words);
  Candidates all = candidates_for(typed);
  std::erase_if(all, [&](const std::string& each) {
    return !each.starts_with(typed.last) || !can_be_typed(each);
  });
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  for (std::string& each : all) each.insert(0, typed.before);
  return all;
}

}  // namespace drmshow
