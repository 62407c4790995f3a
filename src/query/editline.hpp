// libedit, loaded when the shell runs: with it come three more libraries, and every other start of
// drm-query would pay for them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "query/source.hpp"

namespace drmshow {

class Editline {
 public:
  /// nullptr where the library is not installed. Completes from `source`, which must outlive it;
  /// only one at a time.
  static std::unique_ptr<Editline> load(const Source& source);
  ~Editline();
  Editline(const Editline&) = delete;
  Editline& operator=(const Editline&) = delete;

  /// A line that the user edited, now in the history; nullopt at the end of input.
  std::optional<std::string> read(const char* prompt);

 private:
  struct Functions;
  explicit Editline(std::unique_ptr<Functions> functions);

  std::unique_ptr<Functions> functions_;
};

}  // namespace drmshow
