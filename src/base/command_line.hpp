// Reading a command line with CLI11, in the way of all our programs.
#pragma once

namespace CLI {
class App;
}

namespace drmshow {

enum class Parsed { yes, that_was_all };

/// `that_was_all`: --help or --version, which it has printed. Throws Error (usage), with what an
/// option that is not known may have been meant to be.
Parsed parse_command_line(CLI::App& app, int argc, const char* const* argv);

}  // namespace drmshow
