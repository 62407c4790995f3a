#include "query/json/blobs.hpp"

#include <map>
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
  const std::string text = json.long_text();
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
  json.each(most_formats,
            [&](const JsonCursor& each) { result.push_back(each.number<std::uint32_t>()); });
  return result;
}

/// The list of formats of a table, each once, and where in it each is.
class FormatPositions {
 public:
  explicit FormatPositions(std::span<const Format> formats) {
    for (const Format format : formats) add(format.fourcc());
  }

  std::size_t add(std::uint32_t format) {
    const auto [at, is_new] = positions_.try_emplace(format, formats_.size());
    if (is_new) formats_.push_back(format);
    return at->second;
  }
  const std::vector<std::uint32_t>& formats() const { return formats_; }

 private:
  std::map<std::uint32_t, std::size_t> positions_;
  std::vector<std::uint32_t> formats_;
};

// One line of drm_info's data is one of the kernel's rows: 64 formats each, from an offset on.
std::vector<drm_format_modifier> table_rows(const JsonCursor& data, FormatPositions& positions) {
  std::vector<drm_format_modifier> rows;
  data.each(most_modifiers, [&](const JsonCursor& json) {
    std::map<std::size_t, std::uint64_t> bits;  // by offset
    for (const std::uint32_t format : numbers(json["formats"])) {
      const std::size_t at = positions.add(format);
      bits[at / 64 * 64] |= std::uint64_t{1} << at % 64;
    }
    for (const auto& [offset, formats] : bits) {
      drm_format_modifier row{};
      row.formats = formats;
      row.offset = static_cast<std::uint32_t>(offset);
      row.modifier = json["modifier"].word();
      rows.push_back(row);
    }
  });
  return rows;
}

Bytes format_table(const JsonCursor& data, std::span<const Format> of_plane) {
  FormatPositions positions{of_plane};
  const std::vector<drm_format_modifier> rows = table_rows(data, positions);
  const std::vector<std::uint32_t>& formats = positions.formats();
  drm_format_modifier_blob head{};
  head.version = FORMAT_BLOB_CURRENT;
  head.count_formats = static_cast<std::uint32_t>(formats.size());
  head.formats_offset = sizeof head;
  head.count_modifiers = static_cast<std::uint32_t>(rows.size());
  head.modifiers_offset =
      static_cast<std::uint32_t>((sizeof head + formats.size() * 4 + 7) / 8 * 8);
  Bytes bytes;
  append(bytes, head);
  for (const std::uint32_t format : formats) append(bytes, format);
  bytes.resize(head.modifiers_offset);
  for (const drm_format_modifier& row : rows) append(bytes, row);
  return bytes;
}

// How many of its first bytes fit into `most`, without a part of a character.
std::size_t whole_characters(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text.size();
  while (most > 0 && (text[most] & 0xc0) == 0x80) --most;
  return most;
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
  name.copy(mode.name, whole_characters(name, sizeof mode.name - 1));
  return mode;
}

std::optional<Bytes> blob_from_json(std::string_view property, const JsonCursor& json,
                                    std::span<const Format> formats) {
  if (json.has("blob")) {
    const JsonCursor blob = json["blob"];
    return blob.is_null() ? std::nullopt : std::optional{bytes_from_hex(blob)};
  }
  const JsonCursor data = json["data"];
  if (data.is_null()) return std::nullopt;
  if (property == "IN_FORMATS" || property == "IN_FORMATS_ASYNC")
    return format_table(data, formats);
  if (property == "MODE_ID") return mode_bytes(data);
  if (property == "WRITEBACK_PIXEL_FORMATS") return number_bytes(data);
  if (property == "PATH") return text_bytes(data);
  return std::nullopt;
}

}  // namespace drmshow
