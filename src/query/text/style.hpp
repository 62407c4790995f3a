// How text is shown: with or without colours and characters beyond ASCII, and how wide. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace drmshow {

struct TextStyle {
  bool unicode = true;
  bool colour = false;
  int width = 80;  ///< columns of the terminal; 0: no limit
};

/// What a piece of text is, for its colour.
enum class Role { plain, heading, dim, connected, disconnected, changed, warning };

/// `text` in the colour of `role`; just `text` if style.colour is false.
std::string paint(const TextStyle& style, Role role, std::string_view text);
std::string bold(const TextStyle& style, std::string_view text);
std::string dim(const TextStyle& style, std::string_view text);

/// Made fit to show: control characters, what reorders or hides text, and damaged UTF-8 become '?'.
/// Without style.unicode so does everything beyond ASCII that has no obvious spelling in it. For
/// all text that comes from a kernel, a driver, a display or a file.
std::string printable(const TextStyle& style, std::string_view text);

/// Columns that UTF-8 text takes; escape sequences of paint() take none.
int display_width(std::string_view text);

enum class Align { left, right };
/// Filled with blanks up to `width` columns.
std::string pad(std::string_view text, int width, Align align = Align::left);

/// At most `width` columns, with "…" ("..." in ASCII) for what was cut off. For text without
/// colour.
std::string shorten(const TextStyle& style, std::string_view text, int width);

/// Lines of at most `width` columns, broken at blanks; a longer word stands alone. Lines after the
/// first begin with `hanging` blanks. Colours end with a line and begin again on the next.
std::vector<std::string> wrap(std::string_view text, int width, int hanging = 0);

/// Without the blanks at its end.
void trim_end(std::string& text);

/// "a, b, c"
std::string join(const std::vector<std::string>& parts, std::string_view separator = ", ");

}  // namespace drmshow
