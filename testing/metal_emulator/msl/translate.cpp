#include "msl/translate.h"

#include <vector>

#include "msl/edits.h"
#include "msl/function_constants.h"
#include "msl/kernels.h"
#include "msl/rules.h"
#include "msl/scopes.h"
#include "msl/source.h"

namespace metal_emulator {
namespace {

std::string parameter_table(const KernelFunction& kernel, const std::string& name) {
  std::string text = "static const metal_emulator::Argument " + name + "[] = {";
  for (const KernelParameter& parameter : kernel.parameters) {
    text += "{metal_emulator::Binding(" + std::to_string(static_cast<unsigned>(parameter.binding)) + "), " +
            std::to_string(parameter.index) + ", \"" + parameter.name + "\"}, ";
  }
  return text + "{metal_emulator::Binding(0), 0, nullptr}};\n";
}

std::string entry(const KernelFunction& kernel, const std::string& number) {
  return "METAL_EMULATOR_UNCHECKED static void entry_" + number +
         "(const metal_emulator::ThreadInputs* inputs) { metal_emulator::invoke(&::" + kernel.function +
         ", arguments_" + number + ", inputs); }\n";
}

std::string table_line(const KernelFunction& kernel, const std::string& number) {
  return "    {\"" + kernel.name + "\", metal_emulator_glue::entry_" + number + ", metal_emulator_glue::arguments_" +
         number + ", " + std::to_string(kernel.parameters.size()) +
         ", metal_emulator::Types<decltype(&::" + kernel.function + ")>::table(), static_cast<unsigned>(" +
         kernel.max_threads + ")},\n";
}

/// What tells the emulator which kernels there are and lets it call them.
std::string glue(const std::vector<KernelFunction>& kernels) {
  std::string entries, table;
  for (std::size_t k = 0; k < kernels.size(); ++k) {
    const std::string number = std::to_string(k);
    entries += parameter_table(kernels[k], "arguments_" + number) + entry(kernels[k], number);
    table += table_line(kernels[k], number);
  }
  return "\n# 1 \"metal_emulator_glue\"\nnamespace metal_emulator_glue {\n" + entries +
         "}\nMETAL_EMULATOR_KERNEL_TABLE(\n" + table + ")\n";
}

}  // namespace

std::string translate(std::string preprocessed, const ConstantTexts& constants) {
  const Source source(std::move(preprocessed));
  const Scopes scopes(source);
  check_rules(source, scopes);
  Edits edits;
  for (const ClassBody& body : scopes.classes()) {
    const std::string access = body.is_class ? "private" : "public";
    edits.replace(body.brace, body.brace + 1, "{ METAL_EMULATOR_ASSIGNED(" + body.name + ", " + access + ")");
  }
  const std::vector<KernelFunction> kernels = find_kernels(source, edits);
  std::string text = "#include \"metal.h\"\n";
  for (const unsigned number : rewrite_function_constants(source, edits)) {
    const auto value = constants.find(number);
    text += define_function_constant(number, value == constants.end() ? "" : value->second);
  }
  return text + edits.apply(source) + glue(kernels);
}

}  // namespace metal_emulator
