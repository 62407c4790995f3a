// Pieces that the JSON of objects and of values share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "query/json/json.hpp"
#include "query/json/writer.hpp"

namespace drmshow {

/// 64-bit numbers as text, since most JSON readers keep only 53 bits: "0x0100000000000002".
std::string hex64(std::uint64_t value);

std::string hex_bytes(std::span<const std::byte> bytes);

/// Numbers, and after them names.
void add_formats(JsonWriter& json, std::span<const Format> formats);
void write_formats(JsonWriter& json, std::span<const Format> formats);

void write_json(JsonWriter& json, const FramebufferInfo& fb);
void write_json(JsonWriter& json, const drm_mode_modeinfo& mode);

/// A member for each kind of object.
void add_all_objects(JsonWriter& json, const Snapshot& snapshot);

/// drm_info's "data" of a property: null where there is nothing to say.
void write_data(JsonWriter& json, const Snapshot& snapshot, const Property& property);

}  // namespace drmshow
