// What `anneal devices --ops` prints.
#pragma once

#include <string>

namespace anneal::cli {

/// Operations on arrays, by backend: whether each is right, and how fast. Validates and measures what is not known yet,
/// which takes some seconds.
std::string operations_table();
/// The same as a JSON array.
std::string operations_json();

}  // namespace anneal::cli
