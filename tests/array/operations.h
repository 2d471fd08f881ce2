// Operations by name, with arguments as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "anneal/array.h"

namespace anneal::test {

/// Throws std::out_of_range for an unknown name, and what the operation throws.
std::vector<Array> run_operation(const std::string& name, const std::vector<Array>& operands,
                                 const nlohmann::json& arguments);

}  // namespace anneal::test
