#include "cli/values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <deque>
#include <set>

#include "anneal/error.h"
#include "base/parse_size.h"

namespace anneal::cli {
namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

constexpr std::string_view end_of_options = "--";

std::string dashed(const OptionSpec& option) {
  return option.name.empty() ? fmt::format("-{}", option.short_name) : fmt::format("--{}", option.name);
}

std::string cli11_names(const OptionSpec& option) {
  if (option.name.empty()) return fmt::format("-{}", option.short_name);
  if (option.short_name == 0) return fmt::format("--{}", option.name);
  return fmt::format("-{},--{}", option.short_name, option.name);
}

void check_integer(const OptionSpec& option, const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < option.min || value > option.max) {
    refuse(fmt::format("{} takes an integer in {}..{}, not '{}'", dashed(option), option.min, option.max, text));
  }
}

// Without the standard library's from_chars for double, which macOS lacks.
std::optional<double> parse_number(const std::string& text) {
  double value = 0;
  if (!CLI::detail::lexical_cast(text, value) || !std::isfinite(value) || value < 0) return std::nullopt;
  return value;
}

void check_number(const OptionSpec& option, const std::string& text) {
  const std::optional<double> value = parse_number(text);
  if (option.max != 0 && !(value && *value <= static_cast<double>(option.max))) {
    refuse(fmt::format("{} takes a number in 0..{}, not '{}'", dashed(option), option.max, text));
  }
  if (!value) {
    refuse(fmt::format("{} takes a number of at least 0 such as 10 or 1e-5, not '{}'", dashed(option), text));
  }
}

void check_choice(const OptionSpec& option, const std::string& text) {
  if (std::ranges::find(option.choices, text) == option.choices.end()) {
    refuse(fmt::format("{} takes {}, not '{}'", dashed(option), fmt::join(option.choices, ", "), text));
  }
}

void check_list(const OptionSpec& option, const std::string& text) {
  std::set<std::string> seen;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string item = text.substr(begin, end - begin);
    if (std::ranges::find(option.choices, item) == option.choices.end()) {
      refuse(fmt::format("{} takes some of {} separated by commas, not '{}'", dashed(option),
                         fmt::join(option.choices, ", "), text));
    }
    if (!seen.insert(item).second) refuse(fmt::format("{} names '{}' twice; name it once", dashed(option), item));
    begin = end + 1;
  }
}

void check(const OptionSpec& option, const std::string& text) {
  switch (option.kind) {
    case ValueKind::integer:
      return check_integer(option, text);
    case ValueKind::number:
      return check_number(option, text);
    case ValueKind::choice:
      return check_choice(option, text);
    case ValueKind::list:
      return check_list(option, text);
    case ValueKind::size:
      base::parse_size(text, dashed(option));
      return;
    case ValueKind::file:
      if (text.empty()) refuse(fmt::format("{} takes a file name, not an empty string", dashed(option)));
      return;
    case ValueKind::text:
      if (text.empty()) refuse(fmt::format("{} takes a value, not an empty string", dashed(option)));
      return;
    case ValueKind::flag:
      return;
  }
}

/// CLI11 would take the next argument for the value that "--name=" lacks, and "--flag=false" for the flag.
void check_equals_signs(const CommandSpec& spec, const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    if (argument == end_of_options) return;
    const std::size_t equals = argument.find('=');
    if (!argument.starts_with("--") || equals == std::string::npos) continue;
    const auto option = std::ranges::find(spec.options, argument.substr(2, equals - 2), &OptionSpec::name);
    if (option == spec.options.end()) continue;
    if (option->kind == ValueKind::flag) {
      refuse(fmt::format("{} takes no value, not '{}'; leave it out to switch it off", dashed(*option),
                         argument.substr(equals + 1)));
    }
    if (equals + 1 == argument.size()) {
      refuse(fmt::format("{} takes a value after the '='; see 'anneal {} --help'", dashed(*option), spec.name));
    }
  }
}

/// What CLI11 left over, without the mark that ends the options; only behind that may an argument begin with a dash.
std::vector<std::string> positionals_of(const CommandSpec& spec, std::vector<std::string> left) {
  const auto mark = std::ranges::find(left, end_of_options);
  for (auto text = left.begin(); text != mark; ++text) {
    if (text->size() > 1 && text->front() == '-') {
      refuse(fmt::format("unknown option {}; 'anneal {} --help' lists the options", *text, spec.name));
    }
  }
  if (mark != left.end()) left.erase(mark);
  return left;
}

void check_positionals(const CommandSpec& spec, const std::vector<std::string>& given) {
  const bool has_room = !spec.positionals.empty() && spec.positionals.back().is_repeated;
  if (given.size() > spec.positionals.size() && !has_room) {
    refuse(fmt::format("unexpected argument '{}' (names and values with blanks need quotes); see 'anneal {} --help'",
                       given[spec.positionals.size()], spec.name));
  }
  if (given.size() < spec.positionals.size() && spec.positionals[given.size()].is_required) {
    refuse(fmt::format("{} is missing; see 'anneal {} --help'", spec.positionals[given.size()].name, spec.name));
  }
  for (std::size_t i = 0; i < std::min(given.size(), spec.positionals.size()); ++i) {
    const auto& choices = spec.positionals[i].choices;
    if (!choices.empty() && std::ranges::find(choices, given[i]) == choices.end()) {
      refuse(fmt::format("{} is {}, not '{}'", spec.positionals[i].name, fmt::join(choices, " or "), given[i]));
    }
  }
}

/// A file name may hold anything; tabs and line ends would break the header line that this goes to.
std::string one_line(std::string text) {
  std::ranges::replace_if(text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; }, ' ');
  return text;
}

}  // namespace

Values Values::parse(const CommandSpec& spec, const std::vector<std::string>& arguments) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  app.positionals_at_end(false);

  check_equals_signs(spec, arguments);
  Values values;
  values.empty_ = arguments.empty();
  values.command_line_ = one_line(fmt::format("anneal {} {}", spec.name, fmt::join(arguments, " ")));
  app.add_flag("-h,--help", values.help_);
  std::deque<std::string> texts;
  std::vector<CLI::Option*> options;
  for (const OptionSpec& option : spec.options) {
    CLI::Option* added = option.kind == ValueKind::flag ? app.add_flag(cli11_names(option))
                                                        : app.add_option(cli11_names(option), texts.emplace_back());
    options.push_back(added->multi_option_policy(CLI::MultiOptionPolicy::TakeLast));
  }

  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    app.parse(std::move(reversed));
  } catch (const CLI::ArgumentMismatch& error) {
    const std::string_view line = error.what();  // "--name: ..."
    refuse(fmt::format("{} takes a value; see 'anneal {} --help'", line.substr(0, line.find(':')), spec.name));
  } catch (const CLI::ParseError& error) {
    refuse(fmt::format("{}; see 'anneal {} --help'", error.what(), spec.name));
  }

  if (values.help_) return values;
  auto text = texts.begin();
  for (std::size_t i = 0; i < options.size(); ++i) {
    const OptionSpec& option = spec.options[i];
    const std::string value = option.kind == ValueKind::flag ? "" : *text++;
    if (options[i]->count() == 0) continue;
    check(option, value);
    values.texts_.emplace(option.key(), value);
  }
  values.positionals_ = positionals_of(spec, app.remaining());
  if (!values.empty_) check_positionals(spec, values.positionals_);
  return values;
}

std::string Values::text(std::string_view key, std::string_view fallback) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? std::string(fallback) : found->second;
}

std::int64_t Values::integer(std::string_view key, std::int64_t fallback) const {
  const auto found = texts_.find(key);
  if (found == texts_.end()) return fallback;
  std::int64_t value = 0;
  std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
  return value;
}

double Values::number(std::string_view key, double fallback) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? fallback : parse_number(found->second).value_or(fallback);
}

}  // namespace anneal::cli
