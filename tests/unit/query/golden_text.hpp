// Text compared with a file of what it is to look like.
#pragma once

#include <string>
#include <string_view>

namespace drmshow::test {

/// Fails if `text` is not what tests/golden/query/NAME.txt holds. With DRMSHOW_UPDATE_GOLDEN=1 in
/// the environment the file is written instead: look at the difference before committing it.
void expect_golden(std::string_view name, const std::string& text);

}  // namespace drmshow::test
