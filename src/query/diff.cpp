#include "query/diff.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include <fmt/format.h>

#include "query/fields.hpp"
#include "query/json/tree.hpp"

namespace drmshow {
namespace {

const Report* find_report(std::span<const Report> reports, const std::string& path) {
  const auto found = std::ranges::find(reports, path, &Report::path);
  return found == reports.end() ? nullptr : &*found;
}

// What is found by a name. The second of the same name (no honest driver has one) is found as the
// second.
template <class Value>
class ByName {
 public:
  ByName(const std::vector<Value>& values, std::string Value::*name) : name_{name} {
    for (const Value& value : values) all_[value.*name].push_back(&value);
  }

  // nullptr if there is none, or not so many as were asked for.
  const Value* next(const Value& like) {
    const auto found = all_.find(like.*name_);
    const std::size_t times = asked_[like.*name_]++;
    if (found == all_.end() || times >= found->second.size()) return nullptr;
    return found->second[times];
  }

 private:
  std::string Value::*name_;
  std::map<std::string_view, std::vector<const Value*>> all_;
  std::map<std::string_view, std::size_t> asked_;
};

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
    ByName now_groups{new_groups, &FieldGroup::identity};
    for (const FieldGroup& group : old_groups) {
      if (const FieldGroup* now = now_groups.next(group)) {
        fields(group, *now);
      } else {
        came_or_went(group, Change::Kind::removed);
      }
    }
    ByName then_groups{old_groups, &FieldGroup::identity};
    for (const FieldGroup& group : new_groups) {
      if (!then_groups.next(group)) came_or_went(group, Change::Kind::added);
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
    ByName now_fields{after.fields, &Field::name};
    for (const Field& field : before.fields) {
      const Field* now = now_fields.next(field);
      if (!now) {
        changes.push_back({Change::Kind::removed, after.path, field.name, field.text, {}});
      } else if (now->essence != field.essence && !is_next_frame(field, *now)) {
        changes.push_back({Change::Kind::changed, after.path, field.name, field.text, now->text});
      }
    }
    ByName then_fields{before.fields, &Field::name};
    for (const Field& field : after.fields) {
      if (then_fields.next(field)) continue;
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
    comparison.device(&report, find_report(after, report.path));
  }
  for (const Report& report : after) {
    if (!find_report(before, report.path)) comparison.device(nullptr, &report);
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
