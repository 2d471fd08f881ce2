#include <fmt/core.h>

#include <filesystem>
#include <fstream>

#include "anneal/error.h"
#include "cli/command.h"
#include "cli/docs_completion.h"
#include "cli/docs_man.h"

namespace anneal::cli {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "DIRECTORY", .help = "where man/ and completions/ are written"}};

void write(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw Error(ErrorCode::io, fmt::format("cannot write {}", path.string()));
}

}  // namespace

const CommandSpec docs_spec = {
    .name = "generate-docs",
    .summary = "write the man pages and shell completions",
    .description = "Writes the man pages and the completions of bash, zsh and fish from the option tables.",
    .positionals = positionals,
    .hidden = true,
};

int run_docs(const Values& values) {
  const std::filesystem::path directory = values.positionals().front();
  write(directory / "man" / "anneal.1", program_man_page());
  for (const Command& command : commands()) {
    if (command.spec.hidden) continue;
    write(directory / "man" / fmt::format("anneal-{}.1", command.spec.name), command_man_page(command.spec));
  }
  write(directory / "completions" / "anneal.bash", bash_completion());
  write(directory / "completions" / "_anneal", zsh_completion());
  write(directory / "completions" / "anneal.fish", fish_completion());
  return exit_done;
}

}  // namespace anneal::cli
