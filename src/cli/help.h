// Help as text for a terminal.
#pragma once

#include <string>
#include <string_view>

#include "cli/command.h"

namespace anneal::cli {

std::string program_help();
std::string command_help(const CommandSpec& spec);

/// "anneal align [options] QUERY TARGET"
std::string synopsis(const CommandSpec& spec);
/// "-t, --threads N"
std::string option_heading(const OptionSpec& option);
/// The option's help with its default.
std::string option_text(const OptionSpec& option);
/// "a\n\nb" becomes {"a", "b"}.
std::vector<std::string_view> paragraphs(std::string_view text);
/// The groups of the options, in the order of the table.
std::vector<std::string_view> option_groups(const CommandSpec& spec);

}  // namespace anneal::cli
