#include "trace/utf8_text.hpp"

#include <nlohmann/json.hpp>

namespace drmshow {

// The library of JSON can do just that, in quotes and with escapes; text without either and without
// other alphabets, which is nearly all, needs it not.
std::string valid_utf8(std::string_view text) {
  bool plain = true;
  for (const char c : text) plain = plain && static_cast<unsigned char>(c) < 0x80;
  if (plain) return std::string{text};
  using nlohmann::json;
  const std::string mended = json(text).dump(-1, ' ', false, json::error_handler_t::replace);
  return json::parse(mended).get<std::string>();
}

}  // namespace drmshow
