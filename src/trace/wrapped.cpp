#include "trace/wrapped.hpp"

#include <algorithm>

namespace drmshow {

std::string wrapped(std::string_view text, std::size_t width, std::size_t hanging) {
  std::string out;
  std::size_t column = hanging;
  bool line_begins = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (!line_begins && column + 1 + end > width) {
      out += "\n" + std::string(hanging, ' ');
      column = hanging;
    } else if (!line_begins) {
      out += ' ';
      ++column;
    }
    line_begins = false;
    out += text.substr(0, end);
    column += end;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out + "\n";
}

}  // namespace drmshow
