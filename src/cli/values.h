// What the user gave for the options of a command, checked against the option table.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/option_table.h"

namespace anneal::cli {

class Values {
 public:
  /// Parses the arguments after the command's name. Throws Error(invalid_argument) that names the argument.
  static Values parse(const CommandSpec& spec, const std::vector<std::string>& arguments);

  bool help() const { return help_; }
  bool empty() const { return empty_; }  ///< the command was given nothing at all

  const std::vector<std::string>& positionals() const { return positionals_; }
  bool given(std::string_view key) const { return texts_.contains(key); }
  /// The command and its arguments on one line.
  const std::string& command_line() const { return command_line_; }
  /// The value or, where the option was not given, `fallback`.
  std::string text(std::string_view key, std::string_view fallback = {}) const;
  std::int64_t integer(std::string_view key, std::int64_t fallback) const;
  double number(std::string_view key, double fallback) const;

 private:
  std::map<std::string, std::string, std::less<>> texts_;
  std::vector<std::string> positionals_;
  std::string command_line_;
  bool help_ = false;
  bool empty_ = false;
};

}  // namespace anneal::cli
