#include "query/diff.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "query/fields.hpp"
#include "query/json_parts.hpp"

namespace drmshow {
namespace {

template <class Range, class Value, class Member>
auto find_by(const Range& range, const Value& value, Member member) -> decltype(&*range.begin()) {
  const auto found = std::ranges::find(range, value, member);
  return found == range.end() ? nullptr : &*found;
}

class Comparison {
 public:
  explicit Comparison(Ignore ignore) : ignore_{ignore} {}

  void device(const Report* before, const Report* after) {
    const std::vector<FieldGroup> old_groups =
        before ? fields_of(*before) : std::vector<FieldGroup>{};
    const std::vector<FieldGroup> new_groups =
        after ? fields_of(*after) : std::vector<FieldGroup>{};
    if (!before || !after) {
      const FieldGroup& group = before ? old_groups.front() : new_groups.front();
      return came_or_went(group, after ? Change::Kind::added : Change::Kind::removed);
    }
    for (const FieldGroup& group : old_groups) {
      const FieldGroup* now = find_by(new_groups, group.identity, &FieldGroup::identity);
      if (now) {
        fields(group, *now);
      } else {
        came_or_went(group, Change::Kind::removed);
      }
    }
    for (const FieldGroup& group : new_groups) {
      if (find_by(old_groups, group.identity, &FieldGroup::identity)) continue;
      came_or_went(group, Change::Kind::added);
    }
  }

  std::vector<Change> changes;

 private:
  static bool is_framebuffer(const FieldGroup& group) { return group.identity.starts_with("fb/"); }

  static bool names_framebuffer(const Field& field) {
    return field.name == "fb_id" || field.name == "FB_ID";
  }

  void came_or_went(const FieldGroup& group, Change::Kind kind) {
    if (ignore_ == Ignore::frames && is_framebuffer(group)) return;
    const bool gone = kind == Change::Kind::removed;
    changes.push_back({kind, group.path, {}, gone ? group.what : "", gone ? "" : group.what});
  }

  void fields(const FieldGroup& before, const FieldGroup& after) {
    for (const Field& field : before.fields) {
      const Field* now = find_by(after.fields, field.name, &Field::name);
      if (!now) {
        changes.push_back({Change::Kind::removed, after.path, field.name, field.text, {}});
      } else if (now->essence != field.essence && !is_next_frame(field, *now)) {
        changes.push_back({Change::Kind::changed, after.path, field.name, field.text, now->text});
      }
    }
    for (const Field& field : after.fields) {
      if (find_by(before.fields, field.name, &Field::name)) continue;
      changes.push_back({Change::Kind::added, after.path, field.name, {}, field.text});
    }
  }

  bool is_next_frame(const Field& before, const Field& after) const {
    return ignore_ == Ignore::frames && names_framebuffer(before) && before.text != "none" &&
           after.text != "none";
  }

  Ignore ignore_;
};

std::string_view kind_word(Change::Kind kind) {
  switch (kind) {
    case Change::Kind::added:
      return "added";
    case Change::Kind::removed:
      return "removed";
    default:
      return "changed";
  }
}

}  // namespace

std::vector<Change> differences(std::span<const Report> before, std::span<const Report> after,
                                Ignore ignore) {
  Comparison comparison{ignore};
  if (before.size() == 1 && after.size() == 1) {
    comparison.device(&before[0], &after[0]);
    return std::move(comparison.changes);
  }
  for (const Report& report : before) {
    comparison.device(&report, find_by(after, report.path, &Report::path));
  }
  for (const Report& report : after) {
    if (!find_by(before, report.path, &Report::path)) comparison.device(nullptr, &report);
  }
  return std::move(comparison.changes);
}

std::string to_text(const Change& change, bool unicode) {
  const std::string path =
      change.field.empty() ? change.path : fmt::format("{}.{}", change.path, change.field);
  switch (change.kind) {
    case Change::Kind::added:
      return fmt::format("+ {} ({})", path, change.after);
    case Change::Kind::removed:
      return fmt::format("- {} ({})", path, change.before);
    default:
      // Values that read alike: a blob whose bytes changed, but not its summary.
      if (change.before == change.after)
        return fmt::format("  {}: {} (new contents)", path, change.after);
      return fmt::format("  {}: {} {} {}", path, change.before, unicode ? "→" : "->", change.after);
  }
}

Json to_json(const Change& change) {
  return {{"change", kind_word(change.kind)},
          {"path", json_text(change.path)},
          {"field", change.field.empty() ? Json() : Json(json_text(change.field))},
          {"before", change.kind == Change::Kind::added ? Json() : Json(json_text(change.before))},
          {"after", change.kind == Change::Kind::removed ? Json() : Json(json_text(change.after))}};
}

}  // namespace drmshow
