// Explores the flight recorder's ring under the C++ memory model with relacy: every order of events
// and every value that a load may see, in cases that are small enough for that; in the others every
// one with at most so many switches from a thread that could have gone on. Then each order of an
// access is weakened, and some case has to show what goes wrong.
//
//   record-ring-relacy                all of that
//   record-ring-relacy CASE [SITE]    one case, and what happened in it if it fails
#include "cases.hpp"

namespace {

using namespace drmshow;
using namespace drmshow::model;

struct Site {
  RingSite site;
  const char* name;
};

// All that ask for an order; the others are relaxed in the shipped code.
constexpr std::array weakenings{
    Site{RingSite::claim, "claim"},
    Site{RingSite::claimed, "claimed"},
    Site{RingSite::commit_more, "commit_more"},
    Site{RingSite::commit, "commit"},
    Site{RingSite::give_back, "give_back"},
    Site{RingSite::read_stamp, "read_stamp"},
    Site{RingSite::read_end, "read_end"},
};

struct Outcome {
  bool holds;
  std::uint64_t orders;
};

// What relacy tells, which replaces operator new while it explores: a stream into memory, of the
// library, would free what it has not allocated. Without a buffer nothing is written.
std::ostream nobody{nullptr};
std::ostream* listener = &nobody;

template <class Case>
Outcome explore() {
  rl::test_params params;
  params.search_type = Case::switches == 0 ? rl::sched_full : rl::sched_bound;
  params.context_bound = Case::switches;
  params.output_stream = listener;
  params.progress_stream = &nobody;
  const bool holds = rl::simulate<Case>(params);
  return {holds, params.stop_iteration};
}

struct NamedCase {
  const char* name;
  unsigned switches;
  Outcome (*run)();
};

template <class Case>
constexpr NamedCase named(const char* name) {
  return {name, Case::switches, explore<Case>};
}

// The quick ones first: they find most.
constexpr std::array cases{named<TwoCells>("two-cells"),
                           named<GivenBack>("given-back"),
                           named<TwoCellsRead>("two-cells-read"),
                           named<Dying>("dying"),
                           named<Lapped>("lapped"),
                           named<Overwriting>("overwriting")};

std::string extent(const NamedCase& one) {
  if (one.switches == 0) return "all";
  return "all with up to " + std::to_string(one.switches) + " switches";
}

bool shipped_holds(const NamedCase& one) {
  const Outcome outcome = one.run();
  std::cout << one.name << ": " << outcome.orders << " orders (" << extent(one)
            << "): " << (outcome.holds ? "holds" : "FAILED") << std::endl;
  return outcome.holds;
}

bool is_caught(const Site& site) {
  weakened = site.site;
  for (const NamedCase& one : cases) {
    if (one.run().holds) continue;
    std::cout << "without the order of " << site.name << ": found by " << one.name << std::endl;
    weakened = nowhere;
    return true;
  }
  std::cout << "without the order of " << site.name << ": NOT FOUND" << std::endl;
  weakened = nowhere;
  return false;
}

void weaken(const std::string& name) {
  for (const Site& site : weakenings) {
    if (name == site.name) weakened = site.site;
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() > 1) weaken(words[1]);
  if (!words.empty()) listener = &std::cout;
  bool good = true;
  for (const NamedCase& one : cases) {
    if (words.empty() || words[0] == one.name) good = shipped_holds(one) && good;
  }
  if (!words.empty()) return good ? 0 : 1;
  for (const Site& site : weakenings) good = is_caught(site) && good;
  return good ? 0 : 1;
}
