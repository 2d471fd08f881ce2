#include "io/blast_fields.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>

#include "align/cigar_text.h"
#include "anneal/error.h"
#include "base/append_format.h"
#include "base/text.h"
#include "io/append.h"
#include "io/blast_numbers.h"
#include "io/printable.h"

namespace anneal::io {
namespace {

constexpr std::string_view standard =
    "qaccver saccver pident length mismatch gapopen qstart qend sstart send evalue bitscore";
constexpr std::string_view not_available = "N/A";

template <std::int64_t BlastAlignment::* member>
void append_count(std::string& text, const BlastRow& row) {
  append_number(text, row.alignment.*member);
}

template <std::string BlastAlignment::* member>
void append_letters(std::string& text, const BlastRow& row) {
  text += row.alignment.*member;
}

template <std::int64_t BlastAlignment::* member, int digits>
void append_percent(std::string& text, const BlastRow& row) {
  const auto columns = static_cast<double>(row.alignment.columns());
  const double share = columns > 0 ? static_cast<double>(row.alignment.*member) / columns : 0;
  base::append_format(text, "{:.{}f}", share * 100, digits);
}

void append_query(std::string& text, const BlastRow& row) { append_query_id(text, row.set); }
void append_query_length(std::string& text, const BlastRow& row) { append_number(text, row.set.query.letters.size()); }

void append_target(std::string& text, const BlastRow& row) {
  text += row.hit.target.name.empty() ? "unnamed" : row.hit.target.name;
}
void append_target_length(std::string& text, const BlastRow& row) {
  append_number(text, row.hit.target.letters.size());
}
void append_title(std::string& text, const BlastRow& row) {
  const HitTarget& target = row.hit.target;
  if (target.name.empty() && target.comment.empty()) text += not_available;
  text += target.name;
  if (!target.name.empty() && !target.comment.empty()) text += ' ';
  append_printable(text, target.comment);
}

void append_score(std::string& text, const BlastRow& row) { append_number(text, row.hit.alignment.score); }
void append_bit_score(std::string& text, const BlastRow& row) { append_bits(text, row.hit.bits); }
void append_expectation(std::string& text, const BlastRow& row) {
  append_evalue(text, row.hit.evalue, EvaluePrecision::table);
}

void append_columns(std::string& text, const BlastRow& row) { append_number(text, row.alignment.columns()); }
void append_mismatches(std::string& text, const BlastRow& row) { append_number(text, row.alignment.mismatches()); }
void append_trace_back(std::string& text, const BlastRow& row) { append_btop(text, row.alignment); }
void append_cigar(std::string& text, const BlastRow& row) { align::append_cigar(text, row.alignment.cigar); }

void append_query_frame(std::string& text, const BlastRow&) { text += '1'; }
void append_target_frame(std::string& text, const BlastRow& row) { text += row.hit.reverse ? "-1" : "1"; }
void append_frames(std::string& text, const BlastRow& row) { text += row.hit.reverse ? "1/-1" : "1/1"; }
void append_strand(std::string& text, const BlastRow& row) {
  text += row.alphabet == Alphabet::protein ? not_available : row.hit.reverse ? "minus" : "plus";
}

void append_target_coverage(std::string& text, const BlastRow& row) { append_number(text, row.coverage.by_target); }
void append_hit_coverage(std::string& text, const BlastRow& row) {
  const std::int64_t letters = row.alignment.query_end - row.alignment.query_start + 1;
  append_number(text, coverage_percent(letters, static_cast<std::int64_t>(row.set.query.letters.size())));
}
void append_unique_coverage(std::string& text, const BlastRow& row) {
  if (row.alphabet == Alphabet::protein) {
    text += not_available;
  } else {
    append_number(text, row.coverage.by_unique_target);
  }
}

constexpr BlastField fields[] = {
    {"qseqid", "query id", append_query},
    {"qacc", "query acc.", append_query},
    {"qaccver", "query acc.ver", append_query},
    {"qlen", "query length", append_query_length},
    {"sseqid", "subject id", append_target},
    {"sallseqid", "subject ids", append_target},
    {"sacc", "subject acc.", append_target},
    {"saccver", "subject acc.ver", append_target},
    {"sallacc", "subject accs.", append_target},
    {"slen", "subject length", append_target_length},
    {"qstart", "q. start", append_count<&BlastAlignment::query_start>},
    {"qend", "q. end", append_count<&BlastAlignment::query_end>},
    {"sstart", "s. start", append_count<&BlastAlignment::target_start>},
    {"send", "s. end", append_count<&BlastAlignment::target_end>},
    {"qseq", "query seq", append_letters<&BlastAlignment::query>},
    {"sseq", "subject seq", append_letters<&BlastAlignment::target>},
    {"evalue", "evalue", append_expectation},
    {"bitscore", "bit score", append_bit_score},
    {"score", "score", append_score},
    {"length", "alignment length", append_columns},
    {"pident", "% identity", append_percent<&BlastAlignment::identical, 3>},
    {"nident", "identical", append_count<&BlastAlignment::identical>},
    {"mismatch", "mismatches", append_mismatches},
    {"positive", "positives", append_count<&BlastAlignment::positive>},
    {"gapopen", "gap opens", append_count<&BlastAlignment::gap_opens>},
    {"gaps", "gaps", append_count<&BlastAlignment::gaps>},
    {"ppos", "% positives", append_percent<&BlastAlignment::positive, 2>},
    {"frames", "query/sbjct frames", append_frames},
    {"qframe", "query frame", append_query_frame},
    {"sframe", "sbjct frame", append_target_frame},
    {"btop", "BTOP", append_trace_back},
    {"stitle", "subject title", append_title},
    {"salltitles", "subject titles", append_title},
    {"sstrand", "subject strand", append_strand},
    {"qcovs", "% query coverage per subject", append_target_coverage, true},
    {"qcovhsp", "% query coverage per hsp", append_hit_coverage},
    {"qcovus", "% query coverage per uniq subject", append_unique_coverage, true},
    {"cigar", "CIGAR", append_cigar},
};

const BlastField& find_field(std::string_view name) {
  const auto* const found = std::find_if(std::begin(fields), std::end(fields),
                                         [name](const BlastField& field) { return field.name == name; });
  if (found != std::end(fields)) return *found;
  std::string known = "std";
  for (const BlastField& field : fields) base::append_format(known, " {}", field.name);
  throw Error(ErrorCode::invalid_argument,
              fmt::format("unknown field {} for output formats 6 and 7; use any of these, with blanks between them: {}",
                          base::quote(name), known));
}

void add_fields(std::vector<const BlastField*>& chosen, std::string_view list) {
  constexpr std::string_view blanks = " \t";
  for (std::size_t begin = list.find_first_not_of(blanks); begin < list.size();
       begin = list.find_first_not_of(blanks, begin)) {
    const std::size_t end = std::min(list.find_first_of(blanks, begin), list.size());
    const std::string_view name = list.substr(begin, end - begin);
    begin = end;
    if (name == "std") {
      add_fields(chosen, standard);
      continue;
    }
    const BlastField* const field = &find_field(name);
    if (std::find(chosen.begin(), chosen.end(), field) == chosen.end()) chosen.push_back(field);
  }
}

}  // namespace

std::span<const BlastField> blast_fields() { return fields; }

std::vector<const BlastField*> find_blast_fields(std::string_view list) {
  std::vector<const BlastField*> chosen;
  add_fields(chosen, list);
  if (chosen.empty()) add_fields(chosen, standard);
  return chosen;
}

void append_query_id(std::string& text, const HitSet& set) {
  if (!set.query.name.empty()) {
    text += set.query.name;
  } else {
    base::append_format(text, "Query_{}", set.number + 1);
  }
}

}  // namespace anneal::io
