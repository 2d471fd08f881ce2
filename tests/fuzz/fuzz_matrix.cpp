// Any bytes as a matrix file: a matrix that keeps its promises, or one error.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "anneal/error.h"
#include "anneal/scoring.h"

namespace {

using anneal::SubstitutionMatrix;

void require(bool promise) {
  if (!promise) std::abort();
}

void check(const SubstitutionMatrix& matrix) {
  require(matrix.size() >= 1 && matrix.size() <= SubstitutionMatrix::max_letters);
  const SubstitutionMatrix transposed = matrix.transposed();
  for (int query = 0; query < matrix.size(); ++query) {
    require(matrix.code(static_cast<unsigned char>(matrix.letters()[static_cast<std::size_t>(query)])) == query);
    for (int target = 0; target < matrix.size(); ++target) {
      const int score = matrix.score(query, target);
      require(score >= matrix.lowest() && score <= matrix.highest());
      require(transposed.score(target, query) == score);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const anneal::Alphabet alphabet : {anneal::Alphabet::dna, anneal::Alphabet::protein}) {
    try {
      check(SubstitutionMatrix::parse(text, "input", alphabet));
    } catch (const anneal::Error& error) {
      require(error.code() == anneal::ErrorCode::invalid_input);
      require(std::string_view(error.what()).find('\n') == std::string_view::npos);
    }
  }
  return 0;
}
