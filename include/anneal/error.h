// Errors thrown by anneal: each says what was wrong, the offending value, the allowed range and the fix.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace anneal {

enum class ErrorCode {
  invalid_argument,  ///< an option or a call is wrong: out of range, contradictory, unknown name
  invalid_input,     ///< the data is wrong: a byte that is no letter, a truncated file, unequal counts
  unavailable,       ///< a backend or device is not present on this machine
  out_of_memory,     ///< the job does not fit the memory budget, or an allocation failed
  io,                ///< reading or writing failed
  cancelled,         ///< the caller asked to stop
  device_failed,     ///< a device failed at work: a launch, a copy, a deadline, a lost device
  internal,          ///< a defect in anneal: please report it
};

/// Base of every exception that anneal throws; `what()` is one complete line without a newline.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ErrorCode code() const noexcept { return code_; }

 private:
  ErrorCode code_;
};

enum class Side { query, target };

/// A sequence holds a byte that is no letter of the matrix. Positions and records are 0-based here;
/// `what()` prints them 1-based.
class LetterError : public Error {
 public:
  /// `what()` is "<place>, <reason>".
  LetterError(const std::string& place, const std::string& reason, Side side, std::size_t record, std::size_t position,
              unsigned char byte, bool in_alphabet)
      : Error(ErrorCode::invalid_input, place + ", " + reason), reason_begin_(place.size() + 2), side_(side),
        record_(record), position_(position), byte_(byte), in_alphabet_(in_alphabet) {}
  Side side() const noexcept { return side_; }
  std::size_t record() const noexcept { return record_; }      ///< index in the batch's queries or targets
  std::size_t position() const noexcept { return position_; }  ///< offset in the sequence
  unsigned char byte() const noexcept { return byte_; }
  /// Whether the alphabet has the letter, so that it is only this matrix that lacks it.
  bool in_alphabet() const noexcept { return in_alphabet_; }
  /// The end of `what()`, which names the matrix and its letters and, for a letter of the alphabet, the fix.
  const char* reason() const noexcept { return what() + reason_begin_; }

 private:
  std::size_t reason_begin_;
  Side side_;
  std::size_t record_;
  std::size_t position_;
  unsigned char byte_;
  bool in_alphabet_;
};

}  // namespace anneal
