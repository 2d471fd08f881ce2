// A pair with a path, ready for the writers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "anneal/cigar.h"
#include "io/aligned_pair.h"
#include "io/record_writer.h"

namespace anneal::test {

/// Operations from text such as "3=1X2I".
std::vector<CigarOp> parse_cigar(std::string_view text);

/// query  GG ACGTTA-CC T
/// target TT AC-TAATCC A, from the third letter of both
struct SamplePair {
  std::string query = "GGACGTTACCT";
  std::string target = "TTACTAATCCA";
  std::vector<CigarOp> cigar = parse_cigar("2=1I1=1X1=1D2=");
  Alignment alignment{
      .score = 7, .query_begin = 2, .query_end = 10, .target_begin = 2, .target_end = 10, .status = Status::aligned};
  Extension extension{.global_score = -1, .global_target_end = 0, .max_off = 1};
  SubstitutionMatrix matrix = SubstitutionMatrix::match_mismatch(1, 4);
  SecondBest second_best{.score = 5, .target_end = 30};
  bool reverse = false;
  bool has_extension = false;
  bool has_second_best = false;
  std::string query_name = "q1";
  std::string target_name = "t1";
  std::string quality;

  io::AlignedPair record() const {
    return {.query_name = query_name,
            .query = query,
            .query_quality = quality,
            .target_name = target_name,
            .target = target,
            .alignment = alignment,
            .cigar = cigar,
            .extension = has_extension ? &extension : nullptr,
            .second_best = has_second_best ? &second_best : nullptr,
            .reverse = reverse,
            .matrix = matrix};
  }

  /// A local alignment of score 0.
  static SamplePair unaligned() {
    SamplePair pair;
    pair.alignment = {};
    pair.cigar.clear();
    return pair;
  }
  static SamplePair outside_band() {
    SamplePair pair = unaligned();
    pair.alignment.status = Status::outside_band;
    return pair;
  }
};

/// What the format of that name makes of the pair.
std::string format(std::string_view format_name, const SamplePair& pair, const io::WriterOptions& options = {});

}  // namespace anneal::test
