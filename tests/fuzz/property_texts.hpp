// Fuzzing of what is made of a blob: the bytes as the value of a property, through value_text().
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace drmshow::fuzz {

/// Aborts on a text that may not reach a terminal.
void check_texts_of_blob(const std::string& property, std::span<const std::byte> bytes);

/// Whether `text` has neither control characters nor more than one line.
bool is_clean(const std::string& text);

}  // namespace drmshow::fuzz
