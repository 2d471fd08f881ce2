// The part of Metal's standard library that kernels have here. It is compiled before each translated source.
#pragma once

#include "base.h"
#include "hooks.h"
#include "vectors.h"
#include "numbers.h"
#include "simdgroup.h"
#include "atomic.h"
#include "arguments.h"
#include "keywords.h"
