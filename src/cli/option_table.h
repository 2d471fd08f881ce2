// Commands and their options as data: parsing, help, man pages and shell completion all come from these tables.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace anneal::cli {

enum class ValueKind {
  flag,     ///< given or not
  integer,  ///< within min..max
  number,   ///< finite, at least 0, and not above max where that is not 0: "10", "1e-5"
  size,     ///< bytes, with an optional K, M, G or T
  choice,   ///< one of `choices`
  list,     ///< some of `choices`, separated by commas
  text,
  file,
};

struct OptionSpec {
  std::string_view name = {};  ///< "mode" for --mode; empty where there is only a short form
  char short_name = 0;         ///< 't' for -t; 0: none
  ValueKind kind = ValueKind::flag;
  std::string_view argument = {};      ///< placeholder of the value in help: "MODE"
  std::string_view default_text = {};  ///< as help shows it; empty: none
  std::span<const std::string_view> choices = {};
  std::int64_t min = 0;         ///< of integers
  std::int64_t max = 0;         ///< of integers and numbers
  std::string_view group = {};  ///< heading in help
  std::string_view help = {};

  /// What Values looks it up by: the name, or the short name where there is no other.
  constexpr std::string_view key() const { return name.empty() ? std::string_view(&short_name, 1) : name; }
};

struct PositionalSpec {
  std::string_view name;
  std::string_view help;
  bool is_file = true;
  std::span<const std::string_view> choices = {};
  bool is_required = true;   ///< only the last ones may be left out
  bool is_repeated = false;  ///< any number of them; only the last one
};

struct Example {
  std::string_view command;
  std::string_view meaning;
};

struct CommandSpec {
  std::string_view name;
  std::string_view summary;      ///< one line, no full stop
  std::string_view description;  ///< paragraphs, separated by an empty line
  std::span<const PositionalSpec> positionals = {};
  std::span<const OptionSpec> options = {};
  std::span<const Example> examples = {};
  bool hidden = false;
};

}  // namespace anneal::cli
