#include "map/minimap/inversions.h"

#include "map/letter_arena.h"
#include "map/minimap/records.h"

namespace anneal::map {
namespace {

// What lies between the two records, on the other strand.
struct Candidate {
  InversionGap gap;
  Box box;
  std::string_view query, target;
  std::size_t problem = 0;
};

bool may_be_primary(const mm_reg1_t& record) {
  return record.id == record.parent || record.parent == MM_PARENT_TMP_PRI;
}

class InversionAligner {
 public:
  InversionAligner(const MapIndex::Impl& index, const AlignLimits& limits, const Aligners& aligners)
      : index_(index), limits_(limits), aligners_(aligners) {}

  void run(const std::vector<InversionGap>& gaps, const RunControl& control) {
    for (const InversionGap& gap : gaps) add(gap);
    local_.run(aligners_.inversion, control);
    for (const Candidate& candidate : candidates_) extend(candidate);
    extensions_.run(aligners_.drop, control);
    for (const Candidate& candidate : extended_) keep(candidate);
  }

 private:
  bool has_fitting_size(const Box& box) const {
    const int shortest = index_.parameters.mapping.min_chain_score, longest = limits_.longest_inversion;
    return box.query_length() >= shortest && box.query_length() <= longest && box.target_length() >= shortest &&
           box.target_length() <= longest;
  }

  void add(const InversionGap& gap) {
    const mm_reg1_t &before = gap.hits->records()[gap.before], &behind = gap.hits->records()[gap.behind];
    if (!may_be_primary(before) || !may_be_primary(behind)) return;
    const int length = gap.strands->length();
    const Box box = before.rev != 0 ? Box{behind.qe, before.qs, before.re, behind.rs}
                                    : Box{length - behind.qs, length - before.qe, before.re, behind.rs};
    if (!has_fitting_size(box)) return;
    const auto columns = static_cast<std::size_t>(box.target_length());
    char* const target = letters_.allocate(columns);
    copy_codes(index_, before.rid, box.target_begin, box.target_end, target);
    const std::string_view strand = (*gap.strands)[before.rev == 0];
    Candidate candidate{
        .gap = gap,
        .box = box,
        .query = strand.substr(static_cast<std::size_t>(box.query_begin), static_cast<std::size_t>(box.query_length())),
        .target = {target, columns}};
    candidate.problem = local_.add(candidate.query, candidate.target);
    candidates_.push_back(candidate);
  }

  // From where the best local alignment begins.
  void extend(Candidate candidate) {
    const Alignment& found = local_.results()[candidate.problem];
    if (found.score < index_.parameters.mapping.min_dp_max) return;
    candidate.box.query_begin += found.query_begin;
    candidate.box.target_begin += found.target_begin;
    candidate.query.remove_prefix(static_cast<std::size_t>(found.query_begin));
    candidate.target.remove_prefix(static_cast<std::size_t>(found.target_begin));
    candidate.problem = extensions_.add(candidate.query, candidate.target);
    extended_.push_back(candidate);
  }

  void keep(const Candidate& candidate) const {
    AlignedRegion aligned{.box = candidate.box, .path = {}, .counts = {}, .cigar = {}, .split_at = {}};
    append_cigar(aligned.path, extensions_.results().cigar(candidate.problem));
    if (aligned.path.empty()) return;
    describe(aligned, candidate.query, candidate.target, limits_.scoring, true);
    const mm_reg1_t& before = candidate.gap.hits->records()[candidate.gap.before];
    mm_reg1_t record{};
    record.id = -1;
    record.parent = MM_PARENT_UNSET;
    record.inv = 1;
    record.rev = before.rev == 0 ? 1 : 0;
    record.rid = before.rid;
    record.div = -1;
    store(aligned, candidate.gap.strands->length(), record);
    candidate.gap.hits->append(record);
  }

  const MapIndex::Impl& index_;
  const AlignLimits& limits_;
  const Aligners& aligners_;
  LetterArena letters_;
  Problems local_, extensions_;
  std::vector<Candidate> candidates_, extended_;
};

}  // namespace

void align_inversions(const MapIndex::Impl& index, const AlignLimits& limits, const Aligners& aligners,
                      const std::vector<InversionGap>& gaps, const RunControl& control) {
  if (!gaps.empty()) InversionAligner(index, limits, aligners).run(gaps, control);
}

}  // namespace anneal::map
