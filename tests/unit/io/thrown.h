// Catches the error that a call throws, to look at its code and its line.
#pragma once

#include <stdexcept>
#include <string>

#include "anneal/error.h"

namespace anneal::test {

struct Thrown {
  ErrorCode code;
  std::string line;
};

/// Throws where the call does not end with an anneal::Error of one line.
template <typename Call>
Thrown thrown_by(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    const std::string line = error.what();
    if (line.empty() || line.find('\n') != std::string::npos) throw std::logic_error("not one line: " + line);
    return {error.code(), line};
  }
  throw std::logic_error("no error was thrown");
}

}  // namespace anneal::test
