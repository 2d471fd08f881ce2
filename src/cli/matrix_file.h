// Substitution matrices from files.
#pragma once

#include <string>

#include "anneal/scoring.h"

namespace anneal::cli {

/// Reads NCBI's text format, compressed or not. Throws Error(invalid_input) where there is no such file or it holds no
/// matrix.
SubstitutionMatrix read_matrix_file(const std::string& path, Alphabet alphabet);

}  // namespace anneal::cli
