// For tests that were written before those in unit/array/gpu.
#pragma once

#include "unit/array/gpu/on_gpu.h"
