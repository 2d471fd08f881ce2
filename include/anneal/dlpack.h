// Arrays from and to others in the same process, such as NumPy and PyTorch, without copies: DLPack's struct, whose
// layout all of them share (https://dmlc.github.io/dlpack). Its own header, dlpack/dlpack.h, is only needed to look
// into it.
#pragma once

#include "anneal/array.h"

struct DLManagedTensor;

namespace anneal {

/// Evaluates, and lends the values to whoever takes the result and calls its deleter when done, from any thread; until
/// then they are kept. They must not be written to: other arrays share them, and strides may be 0.
/// Throws what evaluate() does.
DLManagedTensor* to_dlpack(const Array& array);

/// Takes over a tensor, and calls its deleter when no Array uses it any longer. Nobody may write to its memory until
/// then. Throws Error(invalid_argument) where it is not in the CPU's memory, its elements are of no DType, or it does
/// not fit borrow(); then the tensor stays the caller's.
Array from_dlpack(DLManagedTensor* tensor);

}  // namespace anneal
