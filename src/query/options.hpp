// What drm-query's command line says.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "query/graph/graph.hpp"
#include "query/source.hpp"
#include "query/text/style.hpp"

namespace drmshow {

enum class Output { text, json, raw };

struct QueryOptions {
  std::vector<std::string> words;  ///< the verb and its arguments, or a path
  Source source;
  Output output = Output::text;
  TextStyle style;
  Edges edges = Edges::active;                ///< of graphs
  std::chrono::duration<double> interval{1};  ///< of watch; 0: only when told
};

/// Reads the command line. nullopt if that was all (--help, --version: printed). Throws Error
/// (usage).
std::optional<QueryOptions> parse_query_options(int argc, const char* const* argv);

struct OptionName {
  std::string name;  ///< with its dashes: "--device", "-d"
  bool takes_value = false;
};

/// All options, by each of their names: for completion.
std::vector<OptionName> query_option_names();

}  // namespace drmshow
