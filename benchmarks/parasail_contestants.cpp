#include <parasail.h>

#include <memory>

#include "contestants.h"

namespace anneal::bench {
namespace {

std::vector<std::string> instruction_sets() {
  std::vector<std::string> names;
#if defined(__x86_64__)
  names.push_back("sse2_128");
  if (__builtin_cpu_supports("sse4.1")) names.push_back("sse41_128");
  if (__builtin_cpu_supports("avx2")) names.push_back("avx2_256");
#elif defined(__aarch64__)
  names.push_back("neon_128");
#endif
  return names;
}

void make_cigar(parasail_result_t* found, const std::string& query, const std::string& target,
                const parasail_matrix_t* matrix) {
  parasail_cigar_t* cigar = parasail_result_get_cigar(found, query.data(), static_cast<int>(query.size()),
                                                      target.data(), static_cast<int>(target.size()), matrix);
  parasail_cigar_free(cigar);
}

Contestant kernel(const std::string& name, parasail_function_t* function, const DnaScoring& scoring, Mode mode,
                  bool with_path) {
  const std::shared_ptr<parasail_matrix_t> matrix(parasail_matrix_create("ACGT", scoring.match, -scoring.mismatch),
                                                  parasail_matrix_free);
  const auto run = [=](const Workload& workload, std::vector<Answer>& answers) {
    for (std::size_t pair = 0; pair < answers.size(); ++pair) {
      const std::string &query = workload.query(pair), &target = workload.target(pair);
      // parasail counts the first letter of a gap in its opening penalty.
      parasail_result_t* found =
          function(query.data(), static_cast<int>(query.size()), target.data(), static_cast<int>(target.size()),
                   scoring.gap_open + scoring.gap_extend, scoring.gap_extend, matrix.get());
      answers[pair] = {found->score, mode == Mode::local ? found->end_query + 1 : -1,
                       mode == Mode::local ? found->end_ref + 1 : -1};
      if (with_path) make_cigar(found, query, target, matrix.get());
      parasail_result_free(found);
    }
  };
  return {"parasail", name, run};
}

}  // namespace

std::vector<Contestant> parasail_kernels(const DnaScoring& scoring, Mode mode, bool with_path) {
  std::vector<Contestant> contestants;
  const std::string algorithm = std::string(mode == Mode::local ? "sw_" : "nw_") + (with_path ? "trace_" : "");
  for (const char* kind : {"scan", "striped", "diag"}) {
    for (const std::string& isa : instruction_sets()) {
      for (const char* width : {"8", "16", "32", "sat"}) {
        const std::string name = algorithm + kind + "_" + isa + "_" + width;
        parasail_function_t* function = parasail_lookup_function(("parasail_" + name).c_str());
        if (function != nullptr) contestants.push_back(kernel(name, function, scoring, mode, with_path));
      }
    }
  }
  return contestants;
}

}  // namespace anneal::bench
