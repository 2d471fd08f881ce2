#include "oracles/parasail_peer.h"

namespace anneal::test {
namespace {

PeerResult take(parasail_result_t* found) {
  const PeerResult result{found->score, found->end_query + 1, found->end_ref + 1};
  parasail_result_free(found);
  return result;
}

// parasail counts the first letter of a gap in `open`.
template <typename Kernel, typename... More>
PeerResult call(Kernel kernel, ParasailMatrix::Order order, const AlignOptions& options, const std::string& query,
                const std::string& target, More... more) {
  const ParasailMatrix matrix(options.matrix, order);
  const std::string q = ParasailMatrix::letters(query), t = ParasailMatrix::letters(target);
  return take(kernel(q.data(), static_cast<int>(q.size()), t.data(), static_cast<int>(t.size()),
                     options.gap_open + options.gap_extend, options.gap_extend, matrix.get(), more...));
}

// Its vector kernel for a subset of free ends (bits as in free_ends_of), where there is one.
parasail_function_t* vector_kernel(const FreeEnds& ends) {
  static constexpr parasail_function_t* kernels[16] = {parasail_nw_scan_32,
                                                       parasail_sg_qb_scan_32,
                                                       parasail_sg_qe_scan_32,
                                                       parasail_sg_qx_scan_32,
                                                       parasail_sg_db_scan_32,
                                                       parasail_sg_qb_db_scan_32,
                                                       parasail_sg_qe_db_scan_32,
                                                       nullptr,
                                                       parasail_sg_de_scan_32,
                                                       parasail_sg_qb_de_scan_32,
                                                       parasail_sg_qe_de_scan_32,
                                                       nullptr,
                                                       parasail_sg_dx_scan_32,
                                                       nullptr,
                                                       nullptr,
                                                       parasail_sg_scan_32};
  return kernels[(ends.query_begin ? 1 : 0) + (ends.query_end ? 2 : 0) + (ends.target_begin ? 4 : 0) +
                 (ends.target_end ? 8 : 0)];
}

}  // namespace

ParasailMatrix::ParasailMatrix(const SubstitutionMatrix& matrix, Order order) : matrix_(nullptr, parasail_matrix_free) {
  std::string alphabet;
  for (int code = 0; code < matrix.size(); ++code) alphabet += static_cast<char>('A' + code);
  matrix_.reset(parasail_matrix_create(alphabet.c_str(), 0, 0));
  for (int row = 0; row < matrix.size(); ++row) {
    for (int column = 0; column < matrix.size(); ++column) {
      const int score = order == Order::query_rows ? matrix.score(row, column) : matrix.score(column, row);
      parasail_matrix_set_value(matrix_.get(), row, column, score);
    }
  }
}

std::string ParasailMatrix::letters(std::string codes) {
  for (char& code : codes) code = static_cast<char>(code + 'A');
  return codes;
}

PeerResult parasail_local(const AlignOptions& options, const std::string& query, const std::string& target) {
  return call(parasail_sw_scan_32, ParasailMatrix::Order::target_rows, options, query, target);
}

PeerResult parasail_global(const AlignOptions& options, const std::string& query, const std::string& target) {
  return call(parasail_nw_scan_32, ParasailMatrix::Order::target_rows, options, query, target);
}

PeerResult parasail_ends_free(const AlignOptions& options, const std::string& query, const std::string& target) {
  const FreeEnds& ends = options.free_ends;
  return call(parasail_sg_flags_scan, ParasailMatrix::Order::query_rows, options, query, target,
              ends.query_begin ? 1 : 0, ends.query_end ? 1 : 0, ends.target_begin ? 1 : 0, ends.target_end ? 1 : 0);
}

PeerResult parasail_vector_ends_free(const AlignOptions& options, const std::string& query, const std::string& target) {
  parasail_function_t* kernel = vector_kernel(options.free_ends);
  if (kernel == nullptr) return parasail_ends_free(options, query, target);
  return call(kernel, ParasailMatrix::Order::target_rows, options, query, target);
}

}  // namespace anneal::test
