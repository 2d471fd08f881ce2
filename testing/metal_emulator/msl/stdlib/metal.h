// The part of Metal's standard library that kernels have here. It is compiled before each translated source.
#pragma once

#include "arguments.h"
#include "atomic.h"
#include "base.h"
#include "hooks.h"
#include "matrices.h"
#include "numbers.h"
#include "simdgroup.h"
#include "vectors.h"

// Last, because of its macros.
#include "keywords.h"
