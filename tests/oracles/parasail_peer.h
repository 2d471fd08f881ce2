// parasail as an oracle: its scan kernels with 32-bit scores. (In the builds that Debian ships, the diag kernels return
// wrong scores, and the striped and saturating ones too low a local score where opening a gap costs nothing.)
#pragma once

#include <parasail.h>

#include <memory>
#include <string>

#include "oracles/oracle.h"

namespace anneal::test {

/// Letters are codes from 'A' on. An explicit matrix, because parasail scores letters that its own lack as 0.
class ParasailMatrix {
 public:
  /// parasail 2.6 looks scores up as [query][target] in its plain kernels, but as [target][query] in its vector
  /// kernels.
  enum class Order { query_rows, target_rows };

  ParasailMatrix(const SubstitutionMatrix& matrix, Order order);
  const parasail_matrix_t* get() const { return matrix_.get(); }

  static std::string letters(std::string codes);

 private:
  std::unique_ptr<parasail_matrix_t, void (*)(parasail_matrix_t*)> matrix_;
};

PeerResult parasail_local(const AlignOptions& options, const std::string& query, const std::string& target);
PeerResult parasail_global(const AlignOptions& options, const std::string& query, const std::string& target);
/// The plain kernel, which takes every subset of free ends.
PeerResult parasail_ends_free(const AlignOptions& options, const std::string& query, const std::string& target);
/// A vector kernel for those 11 of the 15 subsets that have one, the plain kernel otherwise.
PeerResult parasail_vector_ends_free(const AlignOptions& options, const std::string& query, const std::string& target);

}  // namespace anneal::test
