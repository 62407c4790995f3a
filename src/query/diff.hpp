// What is different between two reports, property by property. Pure.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "kms/report.hpp"
#include "query/json/json.hpp"

namespace drmshow {

struct Change {
  enum class Kind { changed, added, removed };

  Kind kind = Kind::changed;
  std::string path;   ///< of the object: "card0/DP-1"
  std::string field;  ///< empty when the object itself came or went
  std::string before;
  std::string after;
};

/// `frames` leaves out what changes with every frame that a program shows: which framebuffers there
/// are and which of them is on a plane, as long as there is one.
enum class Ignore { nothing, frames };

/// Devices belong together by their names; if there is one on either side, by that.
std::vector<Change> differences(std::span<const Report> before, std::span<const Report> after,
                                Ignore ignore);

/// "card0/DP-1.status_name: connected → disconnected", "+ card0/DP-3 (connector/61, connected)".
std::string to_text(const Change& change, bool unicode);
Json to_json(const Change& change);

}  // namespace drmshow
