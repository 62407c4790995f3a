// A shader file is compiled before anything is shown, and whoever cannot wait may end that.
#pragma once

#include <memory>

namespace drmshow {

class CompiledShader;

/// Compiles `shader` in a thread. False, and it is given up, if `end` becomes readable before that
/// is done; a compiler that cannot be ended is left at work (end_without_waiting()). Throws Error
/// (bad_content, gpu).
bool compile_unless(int end, const std::shared_ptr<CompiledShader>& shader);

}  // namespace drmshow
