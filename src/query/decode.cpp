#include "query/decoded.hpp"
