#include <parasail.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "peers/codes.h"
#include "peers/peers.h"

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

using Matrix = std::shared_ptr<const parasail_matrix_t>;

Matrix matrix_of(const SubstitutionMatrix& matrix) {
  if (matrix.alphabet() == Alphabet::dna) {
    return {parasail_matrix_create("ACGT", matrix.score(0, 0), matrix.score(0, 1)),
            [](const parasail_matrix_t* created) { parasail_matrix_free(const_cast<parasail_matrix_t*>(created)); }};
  }
  std::string name = matrix.name();
  std::ranges::transform(name, name.begin(), [](unsigned char letter) { return std::tolower(letter); });
  return {parasail_matrix_lookup(name.c_str()), [](const parasail_matrix_t*) {}};
}

// Where a local alignment begins one letter from the edge, parasail puts a gap before it that its score leaves out.
void drop_leading_gap(Answer& answer) {
  if (answer.path.empty()) return;
  const auto length = static_cast<std::int32_t>(answer.path.front().length());
  const CigarOp::Code code = answer.path.front().code();
  if (code != CigarOp::insertion && code != CigarOp::deletion) return;
  (code == CigarOp::insertion ? answer.query_begin : answer.target_begin) += length;
  answer.path.erase(answer.path.begin());
}

void make_path(parasail_result_t* found, const std::string& query, const std::string& target, const Matrix& matrix,
               bool local, Paths paths, Answer& answer) {
  parasail_cigar_t* cigar = parasail_result_get_cigar(found, query.data(), static_cast<int>(query.size()),
                                                      target.data(), static_cast<int>(target.size()), matrix.get());
  if (paths == Paths::keep) {
    answer.query_begin = cigar->beg_query;
    answer.target_begin = cigar->beg_ref;
    answer.path = from_bam(cigar->seq, cigar->len);
    if (local) drop_leading_gap(answer);
  }
  parasail_cigar_free(cigar);
}

Contestant kernel(const std::string& name, parasail_function_t* function, const AlignOptions& options,
                  const Matrix& matrix) {
  const bool local = options.mode == Mode::local, with_path = options.output == Output::path;
  // parasail counts the first letter of a gap in its opening penalty.
  const int open = options.gap_open + options.gap_extend, extend = options.gap_extend;
  const auto run = [=](const Workload& workload, std::vector<Answer>& answers, Paths paths) {
    for (std::size_t pair = 0; pair < answers.size(); ++pair) {
      const std::string &query = workload.query(pair), &target = workload.target(pair);
      parasail_result_t* found = function(query.data(), static_cast<int>(query.size()), target.data(),
                                          static_cast<int>(target.size()), open, extend, matrix.get());
      answers[pair] = {found->score, local ? found->end_query + 1 : -1, local ? found->end_ref + 1 : -1};
      if (with_path) make_path(found, query, target, matrix, local, paths, answers[pair]);
      parasail_result_free(found);
    }
  };
  return {"parasail", name, run};
}

}  // namespace

std::vector<Contestant> parasail(const AlignOptions& options) {
  const bool local = options.mode == Mode::local, with_path = options.output == Output::path;
  if ((!local && options.mode != Mode::global) || options.band >= 0 || has_unit_costs(options)) return {};
  std::vector<Contestant> contestants;
  const Matrix matrix = matrix_of(options.matrix);
  const std::string algorithm = std::string(local ? "sw_" : "nw_") + (with_path ? "trace_" : "");
  for (const char* kind : {"scan", "striped", "diag"}) {
    for (const std::string& isa : instruction_sets()) {
      for (const char* width : {"8", "16", "32", "sat"}) {
        const std::string name = algorithm + kind + "_" + isa + "_" + width;
        parasail_function_t* function = parasail_lookup_function(("parasail_" + name).c_str());
        if (function != nullptr) contestants.push_back(kernel(name, function, options, matrix));
      }
    }
  }
  return contestants;
}

}  // namespace anneal::bench
