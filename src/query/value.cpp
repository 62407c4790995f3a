#include "query/value.hpp"
