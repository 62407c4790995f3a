// Prints the routing graph of a device made by hand, for checks by other programs:
//   graph-sample list
//   graph-sample DEVICE text|ascii|dot|svg active|possible
#include <cstdio>
#include <string>

#include "graph_devices.hpp"
#include "query/graph/graph.hpp"

using namespace drmshow;

namespace {

std::string drawn(const Graph& graph, const std::string& form) {
  if (form == "dot") return graph_dot(graph);
  if (form == "svg") return graph_svg(graph);
  return graph_text(graph, form == "ascii" ? Charset::ascii : Charset::unicode);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2) {
    for (const auto& [name, make] : test::devices()) std::puts(name.c_str());
    return 0;
  }
  if (argc != 4 || !test::devices().contains(argv[1])) return 2;
  const Edges edges = std::string{argv[3]} == "possible" ? Edges::possible : Edges::active;
  std::fputs(drawn(routing_graph(test::devices().at(argv[1])(), edges), argv[2]).c_str(), stdout);
}
