// drm-show: pictures and test patterns on displays. See drm-show(1).
#include <csignal>

#include "base/program.hpp"
#include "session/privileges.hpp"
#include "show/options.hpp"
#include "show/show.hpp"

int main(int argc, char** argv) {
  // A reader that goes away must not end us with the display changed.
  std::signal(SIGPIPE, SIG_IGN);
  return drmshow::run_program("drm-show", [&] {
    drmshow::lay_privileges_aside();
    if (const auto options = drmshow::parse_options(argc, argv)) drmshow::run(*options);
    return 0;
  });
}
