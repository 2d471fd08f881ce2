// Numbers as BLAST+ prints them. Its formats are chosen in CAlignFormatUtil::GetScoreString and
// CBlastTabularInfo::SetScores of the NCBI C++ toolkit; tests compare with the program.
#pragma once

#include <optional>
#include <string>

namespace anneal::io {

/// How precise E-values below 0.0009 are.
enum class EvaluePrecision {
  report,  ///< one digit, as in BLAST's pairwise report: 5e-77
  table,   ///< three digits, as in its tables: 4.63e-77
};

/// 0.0 below 1e-180; NA where there is none.
void append_evalue(std::string& text, std::optional<double> evalue, EvaluePrecision precision);

/// Four characters wide at least; the fraction is cut off above 99.9.
void append_bits(std::string& text, double bits);

}  // namespace anneal::io
