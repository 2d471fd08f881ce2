#include "cli/docs_man.h"

#include <fmt/core.h>

#include "base/version.h"
#include "cli/help.h"

namespace anneal::cli {
namespace {

constexpr std::string_view last_change = "2026-11-21";

/// Text that roff prints as it is: hyphens that can be copied, no line that reads as a request.
std::string escape(std::string_view text) {
  std::string escaped;
  for (const char letter : text) {
    if (letter == '\\') {
      escaped += "\\e";
    } else if (letter == '-') {
      escaped += "\\-";
    } else {
      if ((letter == '.' || letter == '\'') && (escaped.empty() || escaped.back() == '\n')) escaped += "\\&";
      escaped += letter;
    }
  }
  return escaped;
}

std::string header(std::string_view title) {
  return fmt::format(".TH {} 1 \"{}\" \"anneal {}\" \"User Commands\"\n", title, last_change,
                     base::build_info().version);
}

std::string section(std::string_view name) { return fmt::format(".SH {}\n", name); }

std::string item(std::string_view heading, std::string_view text) {
  return fmt::format(".TP\n\\fB{}\\fR\n{}\n", escape(heading), escape(text));
}

std::string prose(std::string_view text) {
  std::string lines;
  for (const std::string_view paragraph : paragraphs(text)) {
    if (!lines.empty()) lines += ".PP\n";
    lines += escape(paragraph) + "\n";
  }
  return lines;
}

std::string examples(const CommandSpec& spec) {
  std::string lines = section("EXAMPLES");
  for (const Example& example : spec.examples) lines += item(example.command, example.meaning);
  return lines;
}

std::string exit_status() {
  return section("EXIT STATUS") + item("0", "done") + item("1", "the run failed") +
         item("2", "bad usage or bad input") + item("130", "interrupted (SIGINT)") +
         item("143", "ended (SIGTERM); 129 after SIGHUP");
}

std::string command_page_name(const CommandSpec& spec) { return fmt::format("anneal\\-{}", spec.name); }

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& letter : result) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  }
  return result;
}

}  // namespace

std::string command_man_page(const CommandSpec& spec) {
  std::string page = header("ANNEAL\\-" + upper(spec.name));
  page += section("NAME") + fmt::format("{} \\- {}\n", command_page_name(spec), escape(spec.summary));
  page += section("SYNOPSIS") + fmt::format(".B {}\n", escape(synopsis(spec)));
  page += section("DESCRIPTION") + prose(spec.description);
  if (!spec.positionals.empty()) {
    page += section("INPUTS");
    for (const PositionalSpec& positional : spec.positionals) page += item(positional.name, positional.help);
  }
  page += section("OPTIONS");
  for (const std::string_view group : option_groups(spec)) {
    page += fmt::format(".SS {}\n", group);
    for (const OptionSpec& option : spec.options) {
      if (option.group == group) page += item(option_heading(option), option_text(option));
    }
  }
  page += item("-h, --help", "print help");
  page += exit_status();
  if (!spec.examples.empty()) page += examples(spec);
  return page + section("SEE ALSO") + ".BR anneal (1)\n";
}

std::string program_man_page() {
  std::string page = header("ANNEAL");
  page += section("NAME") + "anneal \\- exact pairwise alignment of batches of sequences\n";
  page += section("SYNOPSIS") + ".B anneal\n\\fIcommand\\fR [options] inputs\n";
  page += section("DESCRIPTION");
  page +=
      "anneal aligns sequences exactly (Smith\\-Waterman and its relatives) on whichever processor the machine has.\n"
      "The output is the same, byte for byte, for any backend, number of threads and memory budget.\n"
      ".PP\nData go to standard output and messages to standard error. An input named \\- is standard input. Inputs\n"
      "may be plain, gzip, bgzip or zstd; the content decides.\n";
  page += section("COMMANDS");
  for (const Command& command : commands()) {
    if (!command.spec.hidden) page += item(fmt::format("anneal-{}(1)", command.spec.name), command.spec.summary);
  }
  page += section("OPTIONS") + item("-h, --help", "print help") +
          item("--version", "print version, commit, compiler and the targets compiled in");
  page += exit_status();
  page += section("ENVIRONMENT") +
          item("TMPDIR",
               "where inputs that are pipes are spooled when they must be read twice, and the index of a reference is "
               "made for the run where its own folder cannot be written to") +
          item("XDG_CACHE_HOME", "where self-tests of backends are remembered") +
          item("NO_COLOR", "when set, the pretty format is not coloured");
  page += section("SEE ALSO");
  std::string links;
  for (const Command& command : commands()) {
    if (command.spec.hidden) continue;
    if (!links.empty()) links += " ,\n";
    links += fmt::format(".BR anneal\\-{} (1)", command.spec.name);
  }
  return page + links + "\n";
}

}  // namespace anneal::cli
