// frame-ring-replay [LOG]: is what happened in a real run what the model of the ring knows?
#include <cstdio>
#include <fstream>
#include <iostream>

#include "model/replay.hpp"

int main(int argc, char** argv) {
  if (argc > 2) {
    std::fputs("Usage: frame-ring-replay [LOG]\n", stderr);
    return 2;
  }
  if (argc == 1) return drmshow::model::replay(std::cin, std::cout) ? 0 : 1;
  std::ifstream log{argv[1]};
  if (!log) {
    std::fprintf(stderr, "%s: cannot be read\n", argv[1]);
    return 2;
  }
  return drmshow::model::replay(log, std::cout) ? 0 : 1;
}
