// Text in columns. Pure.
#pragma once

#include <string>
#include <vector>

namespace drmshow {

/// Lines of cells, each column as wide as its widest cell, two blanks apart; columns whose `right`
/// is true stand on the right. No line ends with a blank.
std::string columns_text(const std::vector<std::vector<std::string>>& rows,
                         const std::vector<bool>& right);

}  // namespace drmshow
