#include "msl/compiler.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "environment.h"
#include "msl/process.h"
#include "msl/source.h"

namespace metal_emulator {
namespace {

constexpr const char* source_name = "program_source";  // as Metal calls it in messages
constexpr const char* preprocessed_name = "preprocessed";
constexpr const char* translated_name = "kernels.cpp";

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream file(path);
  file << text;
  if (!file.flush()) throw CompileError(path + " cannot be written");
}

std::string folder_of_headers() { return METAL_EMULATOR_MSL; }
std::string clang() { return environment("METAL_EMULATOR_CLANG", METAL_EMULATOR_DEFAULT_CLANG); }

/// clang itself and what it compiles for, which differs where this program was cross-compiled.
std::vector<std::string> command() {
  std::vector<std::string> words = {clang()};
  std::istringstream target(METAL_EMULATOR_TARGET);
  for (std::string word; target >> word;) words.push_back(word);
  return words;
}

void append(std::vector<std::string>& words, std::initializer_list<const char*> more) {
  words.insert(words.end(), more.begin(), more.end());
}

std::string text_of_headers() {
  std::string text;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder_of_headers() + "/stdlib")) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) text += read_file(file);
  return text;
}

std::vector<std::string> preprocessor() {
  std::vector<std::string> words = command();
  append(words, {"-E", "-x", "c++", "-std=c++14", "-nostdinc", "-nostdinc++", "-D__METAL__", "-D__METAL_VERSION__=310",
                 "-D__METAL_EMULATOR__", source_name, "-o", preprocessed_name});
  words.push_back("-I" + folder_of_headers() + "/preprocess");
  return words;
}

/// Throws what the program says where it fails.
void run(const std::vector<std::string>& words, const std::string& folder) {
  const ProcessResult result = run_process(words, folder);
  if (result.status != 0) throw CompileError(result.output);
}

}  // namespace

Compilation::Compilation(const std::string& source, const CompileOptions& options, std::string folder)
    : options_(options), folder_(std::move(folder)) {
  write_file(folder_ + "/" + source_name, source);
  run(preprocessor(), folder_);
  try {
    translated_ = translate(read_file(folder_ + "/" + preprocessed_name), options.constants);
  } catch (const SourceError& error) {
    throw CompileError(error.what());
  }
}

std::vector<std::string> Compilation::strict_check() const {
  std::vector<std::string> words = command();
  append(words, {"-x", "c++", "-std=c++2b", "-fsyntax-only", "-fsigned-char", "-DMETAL_EMULATOR_STRICT", "-w",
                 translated_name});
  words.push_back("-iquote" + folder_of_headers() + "/stdlib");
  return words;
}

std::vector<std::string> Compilation::compiler() const {
  std::vector<std::string> words = command();
  append(words,
         {"-x", "c++", "-std=c++14", "-fPIC", "-shared", "-fvisibility=hidden", "-fsigned-char", "-g1",
          "-fno-exceptions", "-fno-rtti", "-fno-threadsafe-statics", "-Wno-unknown-attributes", "-Wno-c++17-extensions",
          "-Wno-c++20-extensions", "-Werror=return-type", translated_name, "-o", result});
  words.push_back("-iquote" + folder_of_headers() + "/stdlib");
  if (options_.checks) {
    // ThreadSanitizer's pass calls a function before each access, and stdlib/hooks.h has these functions.
    append(words,
           {"-O1", "-DMETAL_EMULATOR_CHECKS", "-fsanitize=thread", "-mllvm", "-tsan-instrument-read-before-write=1",
            "-fsanitize=undefined", "-fno-sanitize=vptr,function,shift-base,unsigned-integer-overflow"});
  } else {
    append(words, {"-O2"});
  }
  return words;
}

std::string Compilation::key() const {
  std::string key = translated_ + text_of_headers();
  for (const std::string& word : compiler()) key += word + " ";
  if (options_.strict_address_spaces) key += "strict";
  return key;
}

void Compilation::compile() const {
  write_file(folder_ + "/" + translated_name, translated_);
  if (options_.strict_address_spaces) run(strict_check(), folder_);
  run(compiler(), folder_);
}

}  // namespace metal_emulator
