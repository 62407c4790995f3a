// Words for what SPIR-V asks for, which has numbers for it. Pure.
#pragma once

#include <cstdint>
#include <string>

namespace drmshow {

/// "Float64 (numbers of 64 bits)"; "number 4711" of one that we have no word for. Those that
/// fragment shaders are known to ask for are there.
std::string capability_words(std::uint32_t capability);

}  // namespace drmshow
