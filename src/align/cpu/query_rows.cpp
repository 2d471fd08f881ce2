#include "align/cpu/query_rows.h"

#include <array>

namespace anneal::align::cpu {

QueryRows::QueryRows(Codes query, std::size_t rows, const ScoreTable& table)
    : scores_(SubstitutionMatrix::max_letters, table.padding_score()), kind_of_row_(rows) {
  constexpr std::size_t letters = SubstitutionMatrix::max_letters;
  std::array<std::uint8_t, letters> kind_of_letter{};
  for (std::size_t row = 0; row < query.size(); ++row) {
    std::uint8_t& kind = kind_of_letter[query[row]];
    if (kind == 0) {
      kind = static_cast<std::uint8_t>(kinds());
      for (std::size_t target = 0; target < letters; ++target) {
        scores_.push_back(table.by_target()[target * letters + query[row]]);
      }
    }
    kind_of_row_[row] = kind;
  }
}

void QueryRows::lend_to(StreamJob& job) const {
  job.row_scores = scores_.data();
  job.row_kinds = kinds();
  job.kind_of_row = kind_of_row_.data();
}

}  // namespace anneal::align::cpu
