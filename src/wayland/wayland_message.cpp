#include "wayland/wayland_message.hpp"

#include <array>
#include <cstdio>

#include "base/printable.hpp"

namespace drmshow {
namespace {

// libwayland has one handler for the whole process, and calls it in the thread that dispatches.
std::array<char, 512> wayland_message{};

}  // namespace

void keep_wayland_message(const char* format, std::va_list arguments) noexcept {
  static_cast<void>(
      std::vsnprintf(wayland_message.data(), wayland_message.size(), format, arguments));
}

std::string last_wayland_message() {
  std::string text{wayland_message.data()};
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return printable(text);
}

}  // namespace drmshow
