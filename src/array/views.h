// Arrays made of values that are there.
#pragma once

#include "array/strided.h"

namespace anneal::array {

/// An array of these values.
Array array_of(Values values);

}  // namespace anneal::array
