#pragma once
#include <dispatch/dispatch.h>  // on macOS it comes with this header, too

#include <cmath>
#include <cstddef>
#include <cstdint>
typedef double CFTimeInterval;
