#include "base/command_line.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/nearest.hpp"
#include "drm-show/error.hpp"

namespace drmshow {
namespace {

std::vector<std::string> long_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::string suggestion_for(const CLI::App& app, int argc, const char* const* argv) {
  const std::vector<std::string> names = long_names(app);
  for (int i = 1; i < argc; ++i) {
    const std::string word = std::string{argv[i]}.substr(0, std::string{argv[i]}.find('='));
    if (!word.starts_with("--") || std::ranges::find(names, word) != names.end()) continue;
    return did_you_mean(word, names);
  }
  return {};
}

// An option that lacks its value takes the next one for it. Positional words may look like options:
// those of another program (drm-trace run).
void refuse_options_as_values(const CLI::App& app) {
  const std::vector<std::string> names = long_names(app);
  for (const CLI::Option* option : app.get_options()) {
    if (!option->nonpositional()) continue;
    for (const std::string& value : option->results()) {
      if (std::ranges::find(names, value.substr(0, value.find('='))) == names.end()) continue;
      throw Error{
          Failure::usage, option->get_name() + " lacks its value",
          fmt::format("{} follows, which is an option. See {} --help.", value, app.get_name())};
    }
  }
}

}  // namespace

Parsed parse_command_line(CLI::App& app, int argc, const char* const* argv) {
  try {
    app.parse(argc, argv);
    refuse_options_as_values(app);
    return Parsed::yes;
  } catch (const CLI::Success& help_or_version) {
    app.exit(help_or_version);
    return Parsed::that_was_all;
  } catch (const CLI::ParseError& error) {
    throw Error{Failure::usage, error.what(),
                suggestion_for(app, argc, argv) + "See " + app.get_name() + " --help."};
  }
}

}  // namespace drmshow
