#include "edid/edid.hpp"
