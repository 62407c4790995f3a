// What a program is run in, as far as it decides how text looks.
#pragma once

namespace drmshow {

/// Whether the environment asks for UTF-8.
bool speaks_utf8();

/// Columns of the terminal that stdout is; 0 if it is none.
int terminal_width();

}  // namespace drmshow
