// Shell completion from the option tables.
#pragma once

#include <string>

namespace anneal::cli {

std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

}  // namespace anneal::cli
