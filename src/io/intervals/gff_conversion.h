// GFF3 and GTF into each other, record by record.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "anneal/io/intervals.h"

namespace anneal::io {

/// What a line is to GTF, which has genes, transcripts and their parts.
enum class GffRole { gene, transcript, part, other };

/// By the type alone: types that end with "gene" are genes, with "transcript", "RNA" or "gene_segment" transcripts;
/// exons, introns, CDS, UTRs and codons are parts.
GffRole role_of_type(std::string_view type);

class GffConversion {
 public:
  virtual ~GffConversion() = default;

  /// To be called for all records of a file, before the first convert(). Throws ColumnError.
  virtual void learn(const GffRecord& record) = 0;
  /// Appends what stands for the record in the other dialect: several records where it has several parents, or where
  /// those that it belongs to have no line of their own. Throws ColumnError.
  virtual void convert(const GffRecord& record, std::vector<GffRecord>& converted) = 0;
};

/// Memory grows with the number of genes and transcripts.
std::unique_ptr<GffConversion> gtf_to_gff3();
/// Memory grows with the number of IDs.
std::unique_ptr<GffConversion> gff3_to_gtf();

}  // namespace anneal::io
