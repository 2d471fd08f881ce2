#include "compile.h"

#include <fmt/core.h>

#include <fstream>
#include <functional>
#include <regex>
#include <set>
#include <sstream>
#include <vector>

#include "environment.h"
#include "msl/library.h"
#include "msl/library_cache.h"
#include "msl/process.h"
#include "msl/work_folder.h"
#include "real_nvrtc.h"

namespace cuda_emulator {
namespace {

using metal_emulator::CompileError;

constexpr const char* translated_name = "kernels.cpp";
constexpr const char* library_name = "kernels.so";  // as the cache calls it

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The inline PTX of src/array/gpu/prelude_cuda.cpp, which has no other way to do this without headers.
std::string without_ptx(const std::string& text) {
  static const std::pair<std::regex, const char*> instructions[] = {
      {std::regex(R"re(asm\("cvt\.f32\.f16 %0, %1;" : "=f"\((\w+)\) : "h"\((.*)\)\);)re"), "float_of_half"},
      {std::regex(R"re(asm\("cvt\.rn\.f16\.f32 %0, %1;" : "=h"\((\w+)\) : "f"\((.*)\)\);)re"), "half_of_float"},
      {std::regex(R"re(asm\("ex2\.approx\.ftz\.f32 %0, %1;" : "=f"\((\w+)\) : "f"\((.*)\)\);)re"), "exp2_about"},
      {std::regex(R"re(asm\("rcp\.approx\.ftz\.f32 %0, %1;" : "=f"\((\w+)\) : "f"\((.*)\)\);)re"), "reciprocal_about"}};
  std::string result = text;
  for (const auto& [instruction, function] : instructions)
    result = std::regex_replace(result, instruction, fmt::format("$1 = cuda_emulator::{}($2);", function));
  if (result.find("asm(") != std::string::npos) throw CompileError("the stand-in for CUDA does not know this PTX");
  return result;
}

std::set<std::string> kernels_of(const std::string& text) {
  static const std::regex kernel(R"re(\bKERNEL\(\s*(\w+)\s*\))re");
  std::set<std::string> names;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::smatch found;
    if (!line.starts_with("#define") && std::regex_search(line, found, kernel)) names.insert(found[1]);
  }
  return names;
}

// What tells the emulator which kernels there are and lets it call them.
std::string glue(std::set<std::string> names, const std::string& name) {
  names.insert(name);
  std::string text = "\n#line 1 \"glue\"\nCUDA_EMULATOR_KERNELS(";
  for (const std::string& kernel : names) text += " CUDA_EMULATOR_KERNEL(" + kernel + ")";
  return text + ")\n";
}

std::vector<std::string> compiler() {
  const std::string clang = metal_emulator::environment("METAL_EMULATOR_CLANG", CUDA_EMULATOR_CLANG);
  return {clang,
          "-x",
          "c++",
          "-std=c++17",
          "-O2",
          "-ffp-contract=off",
          "-fPIC",
          "-shared",
          "-fvisibility=hidden",
          "-fsigned-char",
          "-fwrapv",
          "-fno-exceptions",
          "-fno-rtti",
          "-g1",
          "-w",
          std::string("-iquote") + CUDA_EMULATOR_KERNELS,
          std::string("-iquote") + CUDA_EMULATOR_ABI,
          translated_name,
          "-o",
          library_name};
}

std::string surroundings() {
  std::string text = read_file(std::string(CUDA_EMULATOR_KERNELS) + "/cuda.h");
  text += read_file(std::string(CUDA_EMULATOR_ABI) + "/kernel_abi.h");
  for (const std::string& word : compiler()) text += word + " ";
  return text + key_of_real_nvrtc();
}

}  // namespace

std::string compile(const std::string& text, const std::string& name) {
  const std::string translated =
      "#include \"cuda.h\"\n#line 1 \"program_source\"\n" + without_ptx(text) + glue(kernels_of(text), name);
  const std::string key = surroundings() + translated;
  const metal_emulator::LibraryCache cache;
  if (const std::string file = cache.find(key); !file.empty()) return read_file(file);
  const metal_emulator::WorkFolder work(cache.root());
  std::ofstream(work.path() + "/" + translated_name) << translated;
  const metal_emulator::ProcessResult result = metal_emulator::run_process(compiler(), work.path());
  if (result.status != 0) throw CompileError(result.output);
  if (const std::string complaint = complaint_of_real_nvrtc(text, name); !complaint.empty()) {
    throw CompileError(complaint);
  }
  return read_file(cache.keep(work, key));
}

std::size_t fingerprint() {
  static const std::size_t value = std::hash<std::string>()(surroundings());
  return value;
}

}  // namespace cuda_emulator
