// Manual pages from the option tables.
#pragma once

#include <string>

#include "cli/command.h"

namespace anneal::cli {

/// anneal.1
std::string program_man_page();
/// anneal-<command>.1
std::string command_man_page(const CommandSpec& spec);

}  // namespace anneal::cli
