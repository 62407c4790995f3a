#include "trace/record_fields.hpp"

#include <array>
#include <cstddef>
#include <cstring>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/printable.hpp"
#include "drm-show/frame_stats.hpp"

namespace drmshow {
namespace {

using Fields = std::vector<RecordField>;

constexpr std::array<const char*, 25> step_names{
    "acquire",    "submit",      "discard", "signal", "fence_error", "expire",  "commit",
    "modeset",    "busy",        "refuse",  "flip",   "stale_flip",  "release", "watchdog",
    "reset",      "arm_modeset", "leave",   "off",    "enter",       "close",   "abort",
    "superseded", "cancelled",   "seen",    "unseen"};
static_assert(step_names.size() == static_cast<std::size_t>(last_present_step) + 1);
constexpr std::array<const char*, 3> fence_names{"none", "gated", "native"};
constexpr std::array<const char*, miss_reasons> reason_names{"drawing", "fence", "commit", "busy",
                                                             "display"};
constexpr std::array<const char*, 2> policy_names{"fifo", "mailbox"};
constexpr std::array<const char*, 2> return_names{"flip", "release"};
constexpr std::array<const char*, 3> cause_names{"vt", "master", "sleep"};

template <std::size_t count>
std::string name_in(const std::array<const char*, count>& names, std::size_t value,
                    const char* otherwise) {
  return value < count ? names[value] : fmt::format("{} {}", otherwise, value);
}

RecordField number_field(const char* name, std::uint64_t value, std::string words = {}) {
  return {name, value, std::move(words)};
}

void add_unless_zero(Fields& fields, const char* name, std::uint64_t value) {
  if (value != 0) fields.push_back(number_field(name, value));
}

void add_errno(Fields& fields, int errnum) {
  if (errnum == 0) return;
  fields.push_back({"errno", std::int64_t{errnum}, errno_name(errnum)});
}

// DRM_MODE_ATOMIC_* and DRM_MODE_PAGE_FLIP_* of drm_mode.h.
std::string commit_flag_names(unsigned flags) {
  struct Name {
    unsigned bit;
    const char* text;
  };
  constexpr std::array<Name, 5> known{{{0x1, "event"},
                                       {0x2, "async"},
                                       {0x100, "test_only"},
                                       {0x200, "nonblock"},
                                       {0x400, "allow_modeset"}}};
  std::string text;
  for (const Name& name : known) {
    if ((flags & name.bit) == 0) continue;
    text += (text.empty() ? "" : "|") + std::string{name.text};
    flags &= ~name.bit;
  }
  if (flags != 0) text += fmt::format("{}{:#x}", text.empty() ? "" : "|", flags);
  return text;
}

RecordFields stream_fields(const Record& record) {
  const auto payload = record.as<StreamRecord>();
  const auto policy = static_cast<std::uint8_t>(payload.policy);
  const auto slot_return = static_cast<std::uint8_t>(payload.slot_return);
  return {"stream",
          {number_field("stream", payload.stream), number_field("slots", payload.slots),
           number_field("outputs", payload.outputs),
           number_field("policy", policy, name_in(policy_names, policy, "policy")),
           number_field("return", slot_return, name_in(return_names, slot_return, "return"))}};
}

RecordFields output_fields(const Record& record) {
  const auto payload = record.as<OutputRecord>();
  RecordFields result{"output",
                      {number_field("stream", payload.stream),
                       number_field("output", payload.output),
                       {"name", std::string{record.text(payload.text_at)}}}};
  add_unless_zero(result.fields, "crtc", payload.crtc);
  add_unless_zero(result.fields, "refresh_ns", payload.refresh_ns);
  return result;
}

std::string slot_words(std::size_t number, const RingRecord::Slot& slot) {
  std::string text = fmt::format("{}:frame {}", number, slot.number);
  if (slot.wanted != 0) text += fmt::format(" wanted {:#x}", slot.wanted);
  if ((slot.flags & RingRecord::Slot::drawing) != 0) text += " drawing";
  if ((slot.flags & RingRecord::Slot::unsignalled) != 0) text += " unsignalled";
  if ((slot.flags & RingRecord::Slot::held) != 0) text += " held";
  if (slot.fence != RenderFence::none) text += " fence " + fence_name(slot.fence);
  return text;
}

std::string output_words(std::size_t number, const RingRecord::Output& output) {
  constexpr std::uint8_t none = 0xff;
  std::string text = fmt::format("{}:", number);
  if (output.scanout != none) text += fmt::format(" scanout {}", output.scanout);
  if (output.pending != none)
    text += fmt::format(" pending {} cookie {}", output.pending, output.cookie);
  if ((output.flags & RingRecord::Output::modeset_pending) != 0) text += " sets mode";
  if ((output.flags & RingRecord::Output::needs_modeset) != 0) text += " needs modeset";
  if ((output.flags & RingRecord::Output::away) != 0) text += " away";
  return text + fmt::format(" submitted {} shown {} superseded {} cancelled {}", output.submitted,
                            output.shown, output.superseded, output.cancelled);
}

// A ring has room for more slots and outputs than it uses; those have never had anything.
RecordFields ring_fields(const Record& record) {
  const auto payload = record.as<RingRecord>();
  RecordFields result{"ring", {number_field("stream", payload.stream)}};
  if ((payload.flags & RingRecord::closed) != 0) result.fields.push_back(number_field("closed", 1));
  if ((payload.flags & RingRecord::aborted) != 0)
    result.fields.push_back(number_field("aborted", 1));
  result.fields.push_back(number_field("last_frame", payload.last_number));
  result.fields.push_back(number_field("last_cookie", payload.last_cookie));
  for (std::size_t i = 0; i < payload.slots.size(); ++i) {
    if (payload.slots[i].number == 0) continue;
    result.fields.push_back({"slot", slot_words(i, payload.slots[i])});
  }
  for (std::size_t i = 0; i < payload.outputs.size(); ++i) {
    const RingRecord::Output& output = payload.outputs[i];
    if (output.submitted == 0 && output.cookie == 0) continue;
    result.fields.push_back({"output", output_words(i, output)});
  }
  return result;
}

RecordFields present_fields(const Record& record) {
  const auto payload = record.as<PresentRecord>();
  RecordFields result{
      step_name(payload.step),
      {number_field("stream", payload.stream), number_field("output", payload.output)}};
  Fields& fields = result.fields;
  if (payload.frame != 0) {
    fields.push_back(number_field("frame", payload.frame));
    fields.push_back(number_field("slot", payload.slot));
  }
  add_unless_zero(fields, "cookie", payload.cookie);
  if (payload.step == PresentStep::submit) {
    fields.push_back(
        number_field("fence", static_cast<std::uint8_t>(payload.fence), fence_name(payload.fence)));
  }
  if (payload.flags != 0)
    fields.push_back(number_field("flags", payload.flags, commit_flag_names(payload.flags)));
  add_errno(fields, payload.errnum);
  add_unless_zero(fields, "sequence", payload.sequence);
  if (payload.shown_ns != 0) fields.push_back({"shown", Time{Nanoseconds{payload.shown_ns}}});
  add_unless_zero(fields, "by", payload.by);
  return result;
}

RecordFields draw_fields(const Record& record, const char* event) {
  const auto payload = record.as<DrawRecord>();
  RecordFields result{event,
                      {number_field("stream", payload.stream), number_field("frame", payload.frame),
                       number_field("slot", payload.slot)}};
  add_unless_zero(result.fields, "by_gpu", payload.by_gpu);
  return result;
}

RecordFields missed_fields(const Record& record) {
  const auto payload = record.as<MissedRecord>();
  return {"missed",
          {number_field("stream", payload.stream), number_field("output", payload.output),
           number_field("frame", payload.frame), number_field("count", payload.count),
           number_field("reason", payload.reason, miss_reason_name(payload.reason))}};
}

RecordFields seat_fields(const Record& record) {
  const auto payload = record.as<SeatRecord>();
  const auto cause = static_cast<std::uint8_t>(payload.cause);
  return {"seat",
          {number_field("ours", payload.ours),
           number_field("cause", cause, name_in(cause_names, cause, "cause"))}};
}

RecordFields error_fields(const Record& record) {
  const auto payload = record.as<ErrorRecord>();
  RecordFields result{"error", {number_field("failure", payload.failure)}};
  add_errno(result.fields, payload.errnum);
  result.fields.push_back({"text", std::string{record.text(payload.text_at)}});
  return result;
}

RecordFields clock_fields(const Record& record) {
  const auto payload = record.as<ClockRecord>();
  return {"clock",
          {{"realtime_offset_ns", payload.realtime_offset_ns},
           {"boottime_offset_ns", payload.boottime_offset_ns},
           {"next_within_ns", payload.next_within_ns}}};
}

RecordFields text_fields(const Record& record, const char* event) {
  return {event, {{"text", std::string{record.text()}}}};
}

// A newer program's, or one of somebody who uses the library.
RecordFields unknown_fields(const Record& record) {
  const auto tag = static_cast<std::uint16_t>(record.tag);
  const auto user = static_cast<std::uint16_t>(RecordTag::user);
  return {tag >= user ? fmt::format("user {}", tag - user) : fmt::format("tag {}", tag),
          {number_field("bytes", record.payload.size())}};
}

// Text stands in quotes: it may have blanks in it.
std::string text_value(const RecordField& field, const TimeText& time_text) {
  if (!field.words.empty()) return field.words;
  if (const auto* time = std::get_if<Time>(&field.value)) return time_text(*time);
  if (const auto* count = std::get_if<std::uint64_t>(&field.value)) return fmt::to_string(*count);
  if (const auto* count = std::get_if<std::int64_t>(&field.value)) return fmt::to_string(*count);
  return fmt::format("\"{}\"", printable(std::get<std::string>(field.value)));
}

nlohmann::ordered_json json_value(const RecordField& field) {
  if (const auto* time = std::get_if<Time>(&field.value)) return time->time_since_epoch().count();
  if (const auto* count = std::get_if<std::uint64_t>(&field.value)) return *count;
  if (const auto* count = std::get_if<std::int64_t>(&field.value)) return *count;
  return std::get<std::string>(field.value);
}

}  // namespace

RecordFields fields_of(const Record& record) {
  switch (record.tag) {
    case RecordTag::setting:
      return text_fields(record, "setting");
    case RecordTag::stream:
      return stream_fields(record);
    case RecordTag::output:
      return output_fields(record);
    case RecordTag::ring:
      return ring_fields(record);
    case RecordTag::present:
      return present_fields(record);
    case RecordTag::draw_begin:
      return draw_fields(record, "draw_begin");
    case RecordTag::draw_end:
      return draw_fields(record, "draw_end");
    case RecordTag::missed:
      return missed_fields(record);
    case RecordTag::seat:
      return seat_fields(record);
    case RecordTag::hotplug:
      return text_fields(record, "hotplug");
    case RecordTag::error:
      return error_fields(record);
    case RecordTag::note:
      return text_fields(record, "note");
    case RecordTag::clock:
      return clock_fields(record);
    default:
      return unknown_fields(record);
  }
}

std::string step_name(PresentStep step) {
  return name_in(step_names, static_cast<std::uint8_t>(step), "step");
}

std::string fence_name(RenderFence fence) {
  return name_in(fence_names, static_cast<std::uint8_t>(fence), "fence");
}

std::string miss_reason_name(std::uint8_t reason) {
  return name_in(reason_names, reason, "reason");
}

std::string errno_name(int errnum) {
  const char* name = ::strerrorname_np(errnum);
  return name ? name : fmt::to_string(errnum);
}

std::string record_words(const Record& record, const TimeText& time_text) {
  const RecordFields taken = fields_of(record);
  std::string text = taken.event;
  for (const RecordField& field : taken.fields) {
    text += " " + field.name + "=" + text_value(field, time_text);
  }
  return text;
}

std::string record_json(const Record& record) {
  using Json = nlohmann::ordered_json;
  const RecordFields taken = fields_of(record);
  Json json{{"sequence", record.sequence},
            {"time", record.time.time_since_epoch().count()},
            {"thread", record.thread},
            {"event", taken.event}};
  for (const RecordField& field : taken.fields) {
    // Several slots and outputs of a ring.
    if (taken.event == "ring" && std::holds_alternative<std::string>(field.value)) {
      json[field.name + "s"].push_back(json_value(field));
      continue;
    }
    json[field.name] = json_value(field);
    if (!field.words.empty()) json[field.name + "_name"] = field.words;
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace drmshow
