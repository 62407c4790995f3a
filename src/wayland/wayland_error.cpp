#include "wayland/wayland_error.hpp"

#include <cerrno>
#include <string_view>

#include <fmt/format.h>

namespace drmshow {
namespace {

constexpr const char* refused_hint =
    "This is a mistake of drm-show's or of the compositor's. Please report it, with what drm-show "
    "says if WAYLAND_DEBUG=1 is in its environment.";

/// libwayland writes "wl_surface@12: error 2: the words" (newer ones: wl_surface#12).
std::string_view words_of(std::string_view message) {
  constexpr std::string_view mark = ": error ";
  const auto at = message.find(mark);
  if (at == std::string_view::npos) return message;
  const auto colon = message.find(": ", at + mark.size());
  return colon == std::string_view::npos ? std::string_view{} : message.substr(colon + 2);
}

std::string refusal(const ProtocolError& error) {
  const auto object = error.interface.empty() ? std::string{"an object"}
                                              : fmt::format("{}@{}", error.interface, error.object);
  auto text = fmt::format("the compositor ended the connection: {}, error {}", object, error.code);
  if (const auto words = words_of(error.message); !words.empty())
    text += fmt::format(" ({})", words);
  return text;
}

}  // namespace

Error compositor_error(int errnum, const ProtocolError& protocol) {
  switch (errnum) {
    case EPROTO:
      return {Failure::compositor, refusal(protocol), refused_hint};
    case EPIPE:
    case ECONNRESET:
      return {Failure::compositor, "the compositor went away",
              "It was ended, or crashed: its log may say why."};
    default:
      return {Failure::compositor, "the connection to the compositor failed", {}, errnum};
  }
}

}  // namespace drmshow
