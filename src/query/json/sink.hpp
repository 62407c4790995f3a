// Where long answers go, piece by piece.
#pragma once

#include <functional>
#include <string_view>

namespace drmshow {

using Sink = std::function<void(std::string_view)>;

}  // namespace drmshow
