// Bytes that claim to be UTF-8, made safe to draw. Monitor names come from EDIDs and file names
// from anywhere: any bytes at all give a bounded string of visible characters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace drmshow {

inline constexpr char32_t replacement_character = U'\uFFFD';

/// At most `limit` characters. Ill-formed parts become one U+FFFD for each maximal subpart (Unicode
/// 15, 3.9, "U+FFFD Substitution of Maximal Subparts"); so do controls, and characters that change
/// the direction or take no space.
std::u32string decode_utf8(std::string_view bytes, std::size_t limit);

}  // namespace drmshow
