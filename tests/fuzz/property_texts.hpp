// Fuzzing of what is made of a blob: the bytes as the value of a property, through value_text().
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "clean_text.hpp"

namespace drmshow::fuzz {

/// Aborts on a text that may not reach a terminal.
void check_texts_of_blob(const std::string& property, std::span<const std::byte> bytes);

}  // namespace drmshow::fuzz
