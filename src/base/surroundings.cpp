#include "base/surroundings.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string>

#include <sys/ioctl.h>
#include <unistd.h>

namespace drmshow {

// What setlocale(LC_CTYPE, "") would find, without its reading of half a dozen files: the first of
// these that is set decides (locale(7)), and all common names of such locales end in .UTF-8.
bool speaks_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* locale = std::getenv(name);
    if (!locale || *locale == '\0') continue;
    std::string charset{locale};
    charset = charset.substr(0, charset.find('@'));  // a modifier, as in sr_RS.UTF-8@latin
    std::ranges::transform(charset, charset.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return charset.ends_with(".utf-8") || charset.ends_with(".utf8");
  }
  return false;
}

int terminal_width() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 0;
}

}  // namespace drmshow
