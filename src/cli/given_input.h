// Inputs that a user has named.
#pragma once

#include "anneal/error.h"

namespace anneal::cli {

/// What `open` returns. One that is missing is the user's slip, unlike a disk that fails later on: Error(invalid_input)
/// for Error(io).
template <typename Open>
auto open_given(Open&& open) {
  try {
    return open();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::io) throw;
    throw Error(ErrorCode::invalid_input, error.what());
  }
}

}  // namespace anneal::cli
