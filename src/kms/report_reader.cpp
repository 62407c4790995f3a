#include "kms/report.hpp"
