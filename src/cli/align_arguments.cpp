#include "cli/align_arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <span>

#include "anneal/device.h"
#include "anneal/error.h"
#include "base/parse_size.h"
#include "cli/align_options.h"
#include "cli/file_conflicts.h"
#include "cli/matrix_file.h"
#include "device/registry.h"
#include "io/record_writer.h"

namespace anneal::cli {
namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

template <typename Enum>
Enum choice(const Values& values, std::string_view key, std::span<const std::string_view> choices) {
  const auto index = std::ranges::find(choices, values.text(key, choices.front())) - choices.begin();
  return static_cast<Enum>(index);
}

std::optional<int> optional_integer(const Values& values, std::string_view key) {
  if (!values.given(key)) return std::nullopt;
  return static_cast<int>(values.integer(key, 0));
}

FreeEnds free_ends(const std::string& list) {
  if (list == "none") return {false, false, false, false};
  if (list.find("none") != std::string::npos) refuse("--free-ends none stands alone");
  const auto has = [&](std::string_view end) { return list.find(end) != std::string::npos; };
  return {has("qb"), has("qe"), has("tb"), has("te")};
}

Output output_level(const Values& values) {
  const std::string text = values.text("output", "path");
  return text == "score" ? Output::score : text == "end" ? Output::end : Output::path;
}

std::optional<Alphabet> alphabet(const Values& values) {
  const std::string text = values.text("alphabet", "auto");
  if (text == "auto") return std::nullopt;
  return text == "dna" ? Alphabet::dna : Alphabet::protein;
}

void check_mode(const AlignArguments& arguments, const Values& values) {
  if (arguments.mode == Mode::extend) {
    if (!values.given("h0")) refuse("--mode extend needs --h0, the score of the seed, at least 1");
    if (arguments.gap_extend == 0) refuse("--mode extend needs --gap-extend of at least 1, not 0");
  } else {
    for (const std::string_view key : {"zdrop", "h0", "end-bonus"}) {
      if (values.given(key)) refuse(fmt::format("--{} is for --mode extend only", key));
    }
  }
  if (values.given("free-ends") && arguments.mode != Mode::ends_free) {
    refuse("--free-ends is for --mode ends-free only");
  }
}

void check_scoring(const AlignArguments& arguments) {
  const bool simple = arguments.match || arguments.mismatch;
  if (simple && !arguments.matrix.empty()) refuse("--matrix replaces --match and --mismatch: give one or the other");
  if (simple && arguments.alphabet == Alphabet::protein) {
    refuse("--match and --mismatch are for DNA; protein takes --matrix");
  }
}

void check_format(const AlignArguments& arguments, std::string_view output) {
  if (io::find_record_format(arguments.format).needs_path && arguments.output != Output::path) {
    refuse(fmt::format("-f {} needs --output path, not {}; -f tsv, -f jsonl and -f pretty take any", arguments.format,
                       output));
  }
  if (!arguments.pg_command.empty() && arguments.format != "sam") refuse("--pg-command is for -f sam only");
}

std::string gpu_backend() {
  std::string reasons;
  for (const Backend& backend : backends()) {
    if (backend.kind != "gpu") continue;
    if (backend.available) return backend.name;
    reasons += fmt::format(" {}: {};", backend.name, backend.reason);
  }
  throw Error(ErrorCode::unavailable, fmt::format("--gpu: no GPU is available here ('anneal devices' lists what is);{} "
                                                  "leave --gpu out to use the CPU",
                                                  reasons));
}

bool is_gpu(std::string_view name) {
  return std::ranges::any_of(backends(), [&](const Backend& backend) {
    const bool is_called = backend.name == name || std::ranges::count(backend.aliases, name) > 0;
    return is_called && backend.kind == "gpu";
  });
}

// The backend for another device of the same kind as `name`, which is device 0.
std::string device_backend(const std::string& name, std::int64_t device) {
  if (device == 0) return name;
  if (name.find(':') == std::string::npos && is_gpu(name)) return fmt::format("{}:{}", name, device);
  refuse(fmt::format("--device {} does not go with --backend {}: it is for GPUs named without a device, such as cuda",
                     device, name));
}

void choose_backend(AlignArguments& arguments, const Values& values) {
  std::string name = values.text("backend", "auto");
  if (values.given("gpu")) {
    if (name == "auto") {
      name = gpu_backend();
      // One of them is asked for.
      if (values.given("device")) name.resize(std::min(name.find(':'), name.size()));
    } else if (!is_gpu(name)) {
      refuse(fmt::format("--gpu and --backend {} contradict each other", name));
    }
  }
  arguments.settings.backend = device_backend(name, values.integer("device", 0));
}

bool is_builtin_matrix(std::string_view name) {
  const auto equal = [name](std::string_view other) {
    return std::ranges::equal(name, other, {}, [](unsigned char c) { return std::toupper(c); });
  };
  return std::ranges::any_of(SubstitutionMatrix::builtin_names(), equal);
}

SubstitutionMatrix matrix_for(const AlignArguments& arguments, Alphabet alphabet) {
  if (arguments.matrix.empty()) {
    if (alphabet == Alphabet::protein) {
      if (arguments.match || arguments.mismatch) {
        refuse(
            "--match and --mismatch are for DNA and these sequences look like protein; use --matrix or --alphabet dna");
      }
      return SubstitutionMatrix::builtin("BLOSUM62");
    }
    return SubstitutionMatrix::match_mismatch(arguments.match.value_or(1), arguments.mismatch.value_or(4));
  }
  if (!is_builtin_matrix(arguments.matrix)) return read_matrix_file(arguments.matrix, alphabet);
  if (alphabet == Alphabet::dna) refuse(fmt::format("--matrix {} is for protein, not for DNA", arguments.matrix));
  return SubstitutionMatrix::builtin(arguments.matrix);
}

}  // namespace

std::optional<Alphabet> stated_alphabet(const AlignArguments& arguments) {
  if (arguments.alphabet) return arguments.alphabet;
  if (is_builtin_matrix(arguments.matrix)) return Alphabet::protein;
  return std::nullopt;
}

AlignArguments align_arguments(const Values& values, std::size_t query, bool writes_alignments) {
  AlignArguments arguments;
  if (values.positionals().size() > query + 1) {
    arguments.query_path = values.positionals()[query];
    arguments.target_path = values.positionals()[query + 1];
  }
  arguments.all_vs_all = values.given("all-vs-all");
  arguments.both_strands = values.text("strand") == "both";
  arguments.mode = choice<Mode>(values, "mode", mode_choices);
  arguments.free_ends = free_ends(values.text("free-ends", "qb,qe,tb,te"));
  arguments.output = output_level(values);
  arguments.band = static_cast<int>(values.integer("band", -1));
  arguments.zdrop = static_cast<int>(values.integer("zdrop", 0));
  arguments.end_bonus = static_cast<int>(values.integer("end-bonus", 0));
  arguments.min_score = static_cast<std::int32_t>(values.integer("min-score", arguments.min_score));
  arguments.h0 = static_cast<std::int32_t>(values.integer("h0", 0));
  arguments.alphabet = alphabet(values);
  arguments.matrix = values.text("matrix");
  arguments.match = optional_integer(values, "match");
  arguments.mismatch = optional_integer(values, "mismatch");
  arguments.gap_open = optional_integer(values, "gap-open");
  arguments.gap_extend = optional_integer(values, "gap-extend");
  arguments.format = values.text("format", arguments.format);
  arguments.eqx = values.given("eqx");
  if (values.given("pg-command")) arguments.pg_command = values.command_line();
  arguments.output_path = values.text("o", "-");
  arguments.quiet = values.given("quiet");
  arguments.settings.threads = static_cast<int>(values.integer("threads", 0));
  if (values.given("memory")) {
    arguments.settings.memory = base::parse_size(values.text("memory"), "--memory");
    if (arguments.settings.memory < Aligner::min_memory) {
      refuse(fmt::format("--memory {} is too little; the least is 64M", values.text("memory")));
    }
  }

  refuse_file_conflicts(arguments);
  check_mode(arguments, values);
  check_scoring(arguments);
  if (writes_alignments) check_format(arguments, values.text("output"));
  if (arguments.both_strands && stated_alphabet(arguments) == Alphabet::protein) {
    refuse("--strand both is for DNA; protein has no reverse complement");
  }
  choose_backend(arguments, values);
  return arguments;
}

AlignOptions options_for(const AlignArguments& arguments, Alphabet alphabet) {
  if (arguments.both_strands && alphabet == Alphabet::protein) {
    refuse("--strand both is for DNA and these sequences look like protein; leave it out or use --alphabet dna");
  }
  const bool dna = alphabet == Alphabet::dna;
  AlignOptions options{.mode = arguments.mode,
                       .output = arguments.output,
                       .matrix = matrix_for(arguments, alphabet),
                       .gap_open = arguments.gap_open.value_or(dna ? 6 : 11),
                       .gap_extend = arguments.gap_extend.value_or(1),
                       .free_ends = arguments.free_ends,
                       .band = arguments.band,
                       .zdrop = arguments.zdrop,
                       .end_bonus = arguments.end_bonus,
                       .min_score = arguments.min_score};
  validate(options);
  return options;
}

std::string describe_backend(const Aligner& aligner) {
  if (aligner.engine() != "auto") return aligner.engine();
  return fmt::format("auto, {} or a GPU where it is faster", device::find_backend("cpu").name);
}

std::string describe_scoring(const AlignOptions& options) {
  return fmt::format("matrix {}, gap of length n costs {} + n * {}", options.matrix.name(), options.gap_open,
                     options.gap_extend);
}

}  // namespace anneal::cli
