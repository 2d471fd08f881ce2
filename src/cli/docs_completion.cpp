#include "cli/docs_completion.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "anneal/scoring.h"
#include "cli/command.h"

namespace anneal::cli {
namespace {

/// Words that may follow an option; empty where a file name or anything else may.
std::string value_words(const OptionSpec& option) {
  if (!option.choices.empty()) return fmt::format("{}", fmt::join(option.choices, " "));
  if (option.name == "matrix") return fmt::format("{}", fmt::join(SubstitutionMatrix::builtin_names(), " "));
  return {};
}

std::string spellings(const OptionSpec& option, std::string_view separator) {
  std::string text;
  if (option.short_name != 0) text += fmt::format("-{}", option.short_name);
  if (option.short_name != 0 && !option.name.empty()) text += separator;
  if (!option.name.empty()) text += fmt::format("--{}", option.name);
  return text;
}

std::string command_names() {
  std::string names;
  for (const Command& command : commands()) {
    if (command.spec.hidden) continue;
    if (!names.empty()) names += ' ';
    names += command.spec.name;
  }
  return names;
}

/// Text inside single quotes of a shell.
std::string quoted(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '\'') {
      result += "'\\''";
    } else {
      result += letter;
    }
  }
  return result;
}

/// Text inside a description of zsh's _arguments, where brackets and colons have a meaning.
std::string zsh_text(std::string_view text) {
  std::string result;
  for (const char letter : quoted(text)) {
    if (letter == '[' || letter == ']' || letter == ':') result += '\\';
    result += letter;
  }
  return result;
}

bool takes_value(const OptionSpec& option) { return option.kind != ValueKind::flag; }

std::string bash_command(const CommandSpec& spec) {
  std::string options = "--help";
  std::string values;
  for (const OptionSpec& option : spec.options) {
    options += ' ' + spellings(option, " ");
    if (!takes_value(option)) continue;
    const std::string words = value_words(option);
    const bool files = option.kind == ValueKind::file || option.name == "matrix";
    values += fmt::format("        {}) COMPREPLY=($(compgen {}-W '{}' -- \"$current\")); return ;;\n",
                          spellings(option, "|"), files ? "-f " : "", words);
  }
  std::string words;
  for (const PositionalSpec& positional : spec.positionals) {
    if (!positional.choices.empty()) words += fmt::format(" {}", fmt::join(positional.choices, " "));
  }
  return fmt::format(
      "    {0})\n"
      "      case $previous in\n{1}      esac\n"
      "      if [[ $current == -* ]]; then\n"
      "        COMPREPLY=($(compgen -W '{2}' -- \"$current\"))\n"
      "      else\n"
      "        COMPREPLY=($(compgen -f -W '{3}' -- \"$current\"))\n"
      "      fi ;;\n",
      spec.name, values, options, words);
}

std::string zsh_option(const OptionSpec& option) {
  std::string value;
  if (takes_value(option)) {
    const std::string words = value_words(option);
    std::string action = " ";
    if (option.kind == ValueKind::file || option.name == "matrix") action = "_files";
    if (!option.choices.empty()) action = fmt::format("({})", words);
    value = fmt::format(":{}:{}", zsh_text(option.argument), action);
  }
  const std::string description = zsh_text(option.help);
  if (option.short_name == 0 || option.name.empty()) {
    return fmt::format("        '{}[{}]{}' \\\n", spellings(option, ""), description, value);
  }
  return fmt::format("        '(-{0} --{1})'{{-{0},--{1}}}'[{2}]{3}' \\\n", option.short_name, option.name, description,
                     value);
}

std::string zsh_command(const CommandSpec& spec) {
  std::string text = fmt::format("    {})\n      _arguments \\\n", spec.name);
  for (const OptionSpec& option : spec.options) text += zsh_option(option);
  text += "        '(-h --help)'{-h,--help}'[print help]'";
  for (const PositionalSpec& positional : spec.positionals) {
    const std::string action =
        positional.choices.empty() ? "_files" : fmt::format("({})", fmt::join(positional.choices, " "));
    std::string_view mark = positional.is_required ? ":" : "::";
    if (positional.is_repeated) mark = "*:";
    text += fmt::format(" \\\n        '{}{}:{}'", mark, positional.name, action);
  }
  return text + " ;;\n";
}

std::string fish_option(std::string_view command, const OptionSpec& option) {
  std::string line = fmt::format("complete -c anneal -n '__fish_seen_subcommand_from {}'", command);
  if (option.short_name != 0) line += fmt::format(" -s {}", option.short_name);
  if (!option.name.empty()) line += fmt::format(" -l {}", option.name);
  if (takes_value(option)) {
    const bool files = option.kind == ValueKind::file || option.name == "matrix";
    line += files ? " -r -F" : " -x";
    if (const std::string words = value_words(option); !words.empty()) line += fmt::format(" -a '{}'", words);
  }
  return line + fmt::format(" -d '{}'\n", quoted(option.help));
}

}  // namespace

std::string bash_completion() {
  std::string cases;
  for (const Command& command : commands()) {
    if (!command.spec.hidden) cases += bash_command(command.spec);
  }
  return fmt::format(
      "# bash completion for anneal\n"
      "_anneal() {{\n"
      "  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}}\n"
      "  COMPREPLY=()\n"
      "  if [[ $COMP_CWORD -eq 1 ]]; then\n"
      "    COMPREPLY=($(compgen -W '{} --help --version' -- \"$current\"))\n"
      "    return\n"
      "  fi\n"
      "  case ${{COMP_WORDS[1]}} in\n{}  esac\n"
      "}}\n"
      "complete -o filenames -F _anneal anneal\n",
      command_names(), cases);
}

std::string zsh_completion() {
  std::string descriptions;
  std::string cases;
  for (const Command& command : commands()) {
    if (command.spec.hidden) continue;
    descriptions += fmt::format("    '{}:{}'\n", command.spec.name, zsh_text(command.spec.summary));
    cases += zsh_command(command.spec);
  }
  return fmt::format(
      "#compdef anneal\n"
      "# zsh completion for anneal\n"
      "_anneal() {{\n"
      "  local -a names=(\n{}  )\n"
      "  if (( CURRENT == 2 )); then\n"
      "    _describe command names\n"
      "    return\n"
      "  fi\n"
      "  shift words\n"
      "  (( CURRENT-- ))\n"
      "  case $words[1] in\n{}  esac\n"
      "}}\n"
      "_anneal \"$@\"\n",
      descriptions, cases);
}

std::string fish_completion() {
  std::string text = "# fish completion for anneal\n";
  text += "complete -c anneal -n __fish_use_subcommand -l version -d 'print the build'\n";
  for (const Command& command : commands()) {
    if (command.spec.hidden) continue;
    text += fmt::format("complete -c anneal -n __fish_use_subcommand -f -a {} -d '{}'\n", command.spec.name,
                        quoted(command.spec.summary));
    for (const OptionSpec& option : command.spec.options) text += fish_option(command.spec.name, option);
  }
  return text + "complete -c anneal -s h -l help -d 'print help'\n";
}

}  // namespace anneal::cli
