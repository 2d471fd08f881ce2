// What kernels work on, as all GPUs' do.
#pragma once

#include "align/cuda/shared.h"
#include "align/gpu/end_batch.h"
