// drm-show: pictures and test patterns on displays. See drm-show(1).
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "show/options.hpp"
#include "show/show.hpp"

namespace {

using drmshow::Failure;

void print_hint(std::string_view hint) {
  while (!hint.empty()) {
    const std::size_t end = hint.find('\n');
    fmt::print(stderr, "  {}\n", hint.substr(0, end));
    if (end == std::string_view::npos) return;
    hint.remove_prefix(end + 1);
  }
}

int report(Failure failure, std::string_view what, std::string_view hint) {
  fmt::print(stderr, "drm-show: {}\n", what);
  print_hint(hint);
  return static_cast<int>(failure);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (const auto options = drmshow::parse_options(argc, argv)) drmshow::run(*options);
    return 0;
  } catch (const drmshow::Error& error) {
    return report(error.failure(), error.what(), error.hint());
  } catch (const std::bad_alloc&) {
    return report(Failure::unexpected, "out of memory", "");
  } catch (const std::exception& error) {
    return report(Failure::unexpected, error.what(), "This should not happen: please report it.");
  }
}
