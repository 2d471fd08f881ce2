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

// A kernel, and its form for queries that several pairs have in a row: a profile is made once.
class Kernel {
 public:
  Kernel(parasail_function_t* function, parasail_pfunction_info_t with_profile, const AlignOptions& options,
         Matrix matrix)
      : function_(function), with_profile_(with_profile), open_(options.gap_open + options.gap_extend),
        extend_(options.gap_extend), matrix_(std::move(matrix)) {}

  parasail_result_t* run(const Workload& workload, std::size_t pair) {
    const std::string &query = workload.query(pair), &target = workload.target(pair);
    const int target_length = static_cast<int>(target.size());
    if (with_profile_.pointer == nullptr || !workload.shares_query(pair)) {
      return function_(query.data(), static_cast<int>(query.size()), target.data(), target_length, open_, extend_,
                       matrix_.get());
    }
    if (&query != query_) {
      query_ = &query;
      profile_.reset(with_profile_.creator(query.data(), static_cast<int>(query.size()), matrix_.get()));
    }
    return with_profile_.pointer(profile_.get(), target.data(), target_length, open_, extend_);
  }

 private:
  parasail_function_t* function_;
  parasail_pfunction_info_t with_profile_;
  int open_, extend_;  // parasail counts the first letter of a gap in its opening penalty
  Matrix matrix_;
  const std::string* query_ = nullptr;
  std::unique_ptr<parasail_profile_t, void (*)(parasail_profile_t*)> profile_{nullptr, parasail_profile_free};
};

// Some kernels have no such form.
parasail_pfunction_info_t profile_kernel(const std::string& name) {
  const auto* info = parasail_lookup_pfunction_info(name.c_str());
  return info != nullptr ? *info : parasail_pfunction_info_t{};
}

Contestant contestant(const std::string& name, parasail_function_t* function, parasail_pfunction_info_t with_profile,
                      const AlignOptions& options, const Matrix& matrix) {
  const bool local = options.mode == Mode::local, with_path = options.output == Output::path;
  const auto run = [=](const Workload& workload, std::vector<Answer>& answers, Paths paths) {
    Kernel kernel(function, with_profile, options, matrix);
    for (std::size_t pair = 0; pair < answers.size(); ++pair) {
      parasail_result_t* found = kernel.run(workload, pair);
      answers[pair] = {found->score, local ? found->end_query + 1 : -1, local ? found->end_ref + 1 : -1};
      if (with_path) {
        make_path(found, workload.query(pair), workload.target(pair), matrix, local, paths, answers[pair]);
      }
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
        const std::string kernel = algorithm + kind, simd = "_" + isa + "_" + width;
        parasail_function_t* function = parasail_lookup_function(("parasail_" + kernel + simd).c_str());
        if (function == nullptr) continue;
        const parasail_pfunction_info_t with_profile = profile_kernel("parasail_" + kernel + "_profile" + simd);
        contestants.push_back(contestant(kernel + simd, function, with_profile, options, matrix));
      }
    }
  }
  return contestants;
}

}  // namespace anneal::bench
