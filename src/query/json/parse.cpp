#include "query/json/parse.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "drm-show/error.hpp"
#include "query/json/cursor.hpp"

namespace drmshow {
namespace {

[[noreturn]] void complain(const std::string& what) {
  throw Error{Failure::bad_content, what,
              "A file that drm-query --json or drm_info -j wrote is expected."};
}

// What no honest file has, and what would cost much memory or time: adding a member to an object
// looks at all that it has already.
class JsonLimits {
 public:
  explicit JsonLimits(const std::string& source) : source_{source} {}

  bool operator()(int depth, Json::parse_event_t event, const Json& parsed) {
    using Event = Json::parse_event_t;
    if (depth > deepest) complain(source_ + " is nested too deeply");
    if (++events_ > most_events) complain(source_ + " is too large");
    if (event == Event::object_start) members_[static_cast<std::size_t>(depth)] = 0;
    if (event == Event::key) check_key(depth, parsed);
    return true;
  }

 private:
  // A report has 7 levels.
  static constexpr int deepest = 32;
  // The kernel allows 64 properties an object.
  static constexpr std::size_t most_members = 256;
  // A value is one event, an array or object two, a member's name one. A device of 64 planes with
  // all their modifiers makes about 200 000.
  static constexpr std::size_t most_events = 2'000'000;

  void check_key(int depth, const Json& key) {
    if (key.get_ref<const std::string&>().size() > longest_text) {
      complain(
          fmt::format("{} has a member whose name is longer than {} bytes", source_, longest_text));
    }
    if (++members_[static_cast<std::size_t>(depth) - 1] > most_members) {
      complain(fmt::format("{} has an object with more than {} members", source_, most_members));
    }
  }

  const std::string& source_;
  std::size_t events_ = 0;
  std::array<std::size_t, deepest + 1> members_{};
};

// "file:3:14", as compilers say it; columns are bytes.
std::string place(std::string_view text, const std::string& source, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(text.size(), byte == 0 ? 0 : byte - 1));
  const auto line = std::ranges::count(before, '\n') + 1;
  return fmt::format("{}:{}:{}", source, line, before.size() - (before.rfind('\n') + 1) + 1);
}

}  // namespace

Json parse_json(std::string_view text, const std::string& source) {
  try {
    return Json::parse(text, JsonLimits{source});
  } catch (const Json::parse_error& error) {
    complain(place(text, source, error.byte) + " is not JSON");
  } catch (const Json::exception&) {  // a number beyond what a double can be
    complain(source + " is not JSON: a number in it is too large");
  }
}

}  // namespace drmshow
