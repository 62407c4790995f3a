#include "drm/format_table.hpp"
