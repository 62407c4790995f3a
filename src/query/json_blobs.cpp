#include "query/json_blobs.hpp"

#include <algorithm>
#include <cstring>
#include <span>
#include <string>

#include <fmt/format.h>

namespace drmshow {
namespace {

using Bytes = std::vector<std::byte>;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

Bytes bytes_from_hex(const JsonCursor& json) {
  const std::string text = json.text();
  if (text.size() % 2 != 0) json.complain("is not hexadecimal");
  Bytes bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_digit(text[i]);
    const int low = hex_digit(text[i + 1]);
    if (high < 0 || low < 0) json.complain("is not hexadecimal");
    bytes.push_back(static_cast<std::byte>(high * 16 + low));
  }
  return bytes;
}

template <class Value>
void append(Bytes& bytes, const Value& value) {
  const auto raw = std::as_bytes(std::span{&value, 1});
  bytes.insert(bytes.end(), raw.begin(), raw.end());
}

std::vector<std::uint32_t> numbers(const JsonCursor& json) {
  std::vector<std::uint32_t> result;
  json.each([&](const JsonCursor& each) { result.push_back(each.number<std::uint32_t>()); });
  return result;
}

/// One line of IN_FORMATS in drm_info's data.
struct Row {
  std::uint64_t modifier;
  std::vector<std::uint32_t> formats;
};

// The kernel's rows: 64 formats each, from an offset on.
void append_row(Bytes& bytes, const Row& row, const std::vector<std::uint32_t>& formats) {
  for (std::size_t offset = 0; offset < formats.size(); offset += 64) {
    drm_format_modifier raw{};
    raw.offset = static_cast<std::uint32_t>(offset);
    raw.modifier = row.modifier;
    for (std::size_t i = offset; i < std::min(offset + 64, formats.size()); ++i) {
      if (std::ranges::find(row.formats, formats[i]) != row.formats.end()) {
        raw.formats |= std::uint64_t{1} << (i - offset);
      }
    }
    if (raw.formats != 0) append(bytes, raw);
  }
}

Bytes format_table(const JsonCursor& data) {
  std::vector<Row> rows;
  std::vector<std::uint32_t> formats;
  data.each([&](const JsonCursor& json) {
    rows.push_back({json["modifier"].number<std::uint64_t>(), numbers(json["formats"])});
    for (const std::uint32_t format : rows.back().formats) {
      if (std::ranges::find(formats, format) == formats.end()) formats.push_back(format);
    }
  });
  Bytes modifiers;
  for (const Row& row : rows) append_row(modifiers, row, formats);
  drm_format_modifier_blob head{};
  head.version = FORMAT_BLOB_CURRENT;
  head.count_formats = static_cast<std::uint32_t>(formats.size());
  head.formats_offset = sizeof head;
  head.count_modifiers = static_cast<std::uint32_t>(modifiers.size() / sizeof(drm_format_modifier));
  head.modifiers_offset =
      static_cast<std::uint32_t>((sizeof head + formats.size() * 4 + 7) / 8 * 8);
  Bytes bytes;
  append(bytes, head);
  for (const std::uint32_t format : formats) append(bytes, format);
  bytes.resize(head.modifiers_offset);
  bytes.insert(bytes.end(), modifiers.begin(), modifiers.end());
  return bytes;
}

Bytes mode_bytes(const JsonCursor& data) {
  Bytes bytes;
  append(bytes, mode_from_json(data));
  return bytes;
}

Bytes number_bytes(const JsonCursor& data) {
  Bytes bytes;
  for (const std::uint32_t number : numbers(data)) append(bytes, number);
  return bytes;
}

Bytes text_bytes(const JsonCursor& data) {
  Bytes bytes;
  for (const char c : data.text()) bytes.push_back(static_cast<std::byte>(c));
  return bytes;
}

}  // namespace

drm_mode_modeinfo mode_from_json(const JsonCursor& json) {
  drm_mode_modeinfo mode{};
  mode.clock = json["clock"].number<std::uint32_t>();
  mode.hdisplay = json["hdisplay"].number<std::uint16_t>();
  mode.hsync_start = json["hsync_start"].number<std::uint16_t>();
  mode.hsync_end = json["hsync_end"].number<std::uint16_t>();
  mode.htotal = json["htotal"].number<std::uint16_t>();
  mode.hskew = json["hskew"].number<std::uint16_t>();
  mode.vdisplay = json["vdisplay"].number<std::uint16_t>();
  mode.vsync_start = json["vsync_start"].number<std::uint16_t>();
  mode.vsync_end = json["vsync_end"].number<std::uint16_t>();
  mode.vtotal = json["vtotal"].number<std::uint16_t>();
  mode.vscan = json["vscan"].number<std::uint16_t>();
  mode.vrefresh = json["vrefresh"].number<std::uint32_t>();
  mode.flags = json["flags"].number<std::uint32_t>();
  mode.type = json["type"].number<std::uint32_t>();
  const std::string name = json["name"].text();
  name.copy(mode.name, sizeof mode.name - 1);
  return mode;
}

std::optional<Bytes> blob_from_json(std::string_view property, const JsonCursor& json) {
  if (json.has("blob")) {
    const JsonCursor blob = json["blob"];
    return blob.is_null() ? std::nullopt : std::optional{bytes_from_hex(blob)};
  }
  const JsonCursor data = json["data"];
  if (data.is_null()) return std::nullopt;
  if (property == "IN_FORMATS" || property == "IN_FORMATS_ASYNC") return format_table(data);
  if (property == "MODE_ID") return mode_bytes(data);
  if (property == "WRITEBACK_PIXEL_FORMATS") return number_bytes(data);
  if (property == "PATH") return text_bytes(data);
  return std::nullopt;
}

}  // namespace drmshow
