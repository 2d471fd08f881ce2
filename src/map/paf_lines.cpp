#include "map/paf_lines.h"

#include "base/append_format.h"
#include "map/difference_tags.h"
#include "map/mapped_letters.h"

namespace anneal::map {

void append_paf(std::string& text, const MapIndex& index, const RecordOptions& options, const io::SequenceRecord& read,
                const MappedRead& mapped) {
  for (const Mapping& mapping : mapped.mappings) {
    base::append_format(text, "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}", read.name, read.sequence.size(),
                        mapping.query_begin, mapping.query_end, mapping.reverse ? '-' : '+',
                        index.target_name(mapping.target), index.target_length(mapping.target), mapping.target_begin,
                        mapping.target_end, mapping.matches, mapping.columns - mapping.ambiguous,
                        mapping.mapping_quality);
    base::append_format(text, "\tNM:i:{}\tms:i:{}\tAS:i:{}\tnn:i:{}\ttp:A:{}\tcm:i:{}\ts1:i:{}",
                        mapping.edit_distance(), mapping.best_segment, mapping.score, mapping.ambiguous,
                        type_of(mapping), mapping.minimizers, mapping.chain_score);
    if (mapping.kind != Mapping::Kind::secondary) base::append_format(text, "\ts2:i:{}", mapping.other_chain_score);
    base::append_format(text, "\tde:f:{:.4f}\trl:i:{}\tcg:Z:{}", divergence(mapping), mapped.repeat_length,
                        to_string(written_cigar(mapping, options.with_equality)));
    if (options.md || options.cs != CsTag::none) {
      const std::string target = aligned_target(index, mapping);
      if (options.md) base::append_format(text, "\tMD:Z:{}", md_text(mapping.cigar, target));
      if (options.cs != CsTag::none) {
        base::append_format(
            text, "\tcs:Z:{}",
            cs_text(mapping.cigar, aligned_query(read.sequence, mapping), target, options.cs == CsTag::long_form));
      }
    }
    text += '\n';
  }
}

}  // namespace anneal::map
