// What KMS properties and DRM capabilities mean, for people. Pure: tables and their layout.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace drmshow {

/// What carries the name: the kind of a KMS object, or one of the two kinds of capability.
enum class ExplainedKind : std::uint8_t {
  connector,
  crtc,
  plane,
  colorop,
  capability,         ///< DRM_CAP_*: what the device can do
  client_capability,  ///< DRM_CLIENT_CAP_*: what a program says that it understands
};

/// "connector", "CRTC", "plane", "colour operation", "capability", "client capability".
std::string_view kind_name(ExplainedKind kind);

/// All texts are ASCII; a '\n' in them starts a new line, nothing else is laid out.
struct Explanation {
  std::string_view name;  ///< as the kernel spells it; of a capability without DRM_(CLIENT_)CAP_
  ExplainedKind kind;
  std::string_view meaning;
  std::string_view values;        ///< unit, range, default, the entries of an enumeration
  std::string_view notes = {};    ///< interactions, refusals, common mistakes; may be empty
  std::string_view set_by;        ///< who sets it and with what
  std::string_view source;        ///< where the kernel documents or creates it
  std::string_view since = {};    ///< "Linux 4.10"; empty if not known for certain
  std::string_view example = {};  ///< a command that uses it; may be empty
};

/// All, sorted by kind, then in the order of the pipeline or of the kernel's documentation.
std::span<const Explanation> explanations();

/// One for each kind of object that has something of this name; exact spelling first, and only if
/// there is none in any case. "plane.CRTC_ID" asks for one kind; a capability may be written with
/// DRM_CAP_ or DRM_CLIENT_CAP_ in front. Empty if nothing has the name.
std::vector<const Explanation*> find_explanations(std::string_view name);

/// The first of find_explanations(), nullptr if there is none.
const Explanation* find_explanation(std::string_view name);

/// All explanations of `name` as paragraphs of at most `width` columns (at least 20), each line
/// ended by '\n'. Throws Error with a suggestion if nothing has that name.
std::string explain_text(std::string_view name, int width);

/// The names under a heading for each kind, in columns, at most `width` wide.
std::string explain_index(int width);

}  // namespace drmshow
