#include "cli/help.h"

#include <fmt/core.h>

#include <algorithm>

namespace anneal::cli {
namespace {

constexpr std::size_t help_column = 26;
constexpr std::size_t help_width = 96;

/// Breaks text at spaces; every line but the first is indented.
std::string wrap(std::string_view text, std::size_t indent, std::size_t width) {
  std::string lines;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    if (column > indent && column + 1 + word.size() > width) {
      lines += fmt::format("\n{:{}}", "", indent);
      column = indent;
    } else if (column > indent) {
      lines += ' ';
      ++column;
    }
    lines += word;
    column += word.size();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string row(std::string_view heading, std::string_view text) {
  std::string line = fmt::format("  {}", heading);
  if (line.size() + 2 > help_column) {
    line += fmt::format("\n{:{}}", "", help_column);
  } else {
    line.resize(help_column, ' ');
  }
  return line + wrap(text, help_column, help_width) + "\n";
}

std::string examples(const CommandSpec& spec) {
  std::string text;
  for (const Example& example : spec.examples) text += fmt::format("  # {}\n  {}\n", example.meaning, example.command);
  return text;
}

}  // namespace

std::string synopsis(const CommandSpec& spec) {
  std::string line = fmt::format("anneal {}", spec.name);
  if (!spec.options.empty()) line += " [options]";
  for (const PositionalSpec& positional : spec.positionals) {
    const std::string_view name = positional.choices.size() == 1 ? positional.choices.front() : positional.name;
    const std::string_view dots = positional.is_repeated ? "..." : "";
    line += positional.is_required ? fmt::format(" {}{}", name, dots) : fmt::format(" [{}{}]", name, dots);
  }
  return line;
}

std::string option_heading(const OptionSpec& option) {
  std::string heading;
  if (option.short_name != 0) heading += fmt::format("-{}", option.short_name);
  if (option.short_name != 0 && !option.name.empty()) heading += ", ";
  if (!option.name.empty()) heading += fmt::format("--{}", option.name);
  if (!option.argument.empty()) heading += fmt::format(" {}", option.argument);
  return heading;
}

std::string option_text(const OptionSpec& option) {
  return option.default_text.empty() ? std::string(option.help)
                                     : fmt::format("{} [{}]", option.help, option.default_text);
}

std::vector<std::string_view> paragraphs(std::string_view text) {
  std::vector<std::string_view> found;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("\n\n"), text.size());
    found.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return found;
}

std::vector<std::string_view> option_groups(const CommandSpec& spec) {
  std::vector<std::string_view> groups;
  for (const OptionSpec& option : spec.options) {
    if (std::ranges::find(groups, option.group) == groups.end()) groups.push_back(option.group);
  }
  return groups;
}

std::string command_help(const CommandSpec& spec) {
  std::string text = fmt::format("Usage: {}\n\n", synopsis(spec));
  for (const std::string_view paragraph : paragraphs(spec.description)) text += wrap(paragraph, 0, help_width) + "\n\n";
  for (const PositionalSpec& positional : spec.positionals) {
    if (positional.choices.size() != 1) text += row(positional.name, positional.help);
  }
  for (const std::string_view group : option_groups(spec)) {
    text += fmt::format("\n{}:\n", group);
    for (const OptionSpec& option : spec.options) {
      if (option.group == group) text += row(option_heading(option), option_text(option));
    }
  }
  text += "\nOther:\n" + row("-h, --help", "print this help");
  if (!spec.examples.empty()) text += "\nExamples:\n" + examples(spec);
  return text;
}

std::string program_help() {
  std::string text =
      "Usage: anneal <command> [options] inputs\n\n"
      "Exact alignment of sequences, in pairs or with a database, on whichever processor the machine "
      "has.\n\nCommands:\n";
  for (const Command& command : commands()) {
    if (!command.spec.hidden) text += row(command.spec.name, command.spec.summary);
  }
  text += "\nOther:\n" + row("-h, --help", "print this help; 'anneal help <command>' prints a command's");
  text += row("--version", "print version, commit, compiler and the targets compiled in");
  text += "\nExamples:\n";
  for (const Command& command : commands()) {
    if (!command.spec.hidden && !command.spec.examples.empty()) {
      text +=
          fmt::format("  # {}\n  {}\n", command.spec.examples.front().meaning, command.spec.examples.front().command);
    }
  }
  return text;
}

}  // namespace anneal::cli
