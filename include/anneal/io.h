// All of anneal/io: files of sequences, alignments, variants, intervals and references.
//
// | Header | Files | Readers and writers |
// |---|---|---|
// | sequences.h | FASTA, FASTQ | SequenceFile, PairedSequences, SequenceWriter |
// | alignments.h | SAM, BAM, CRAM | AlignmentReader, AlignmentWriter, index_alignments() |
// | variants.h | VCF, BCF | VariantReader, VariantWriter |
// | intervals.h | BED, GFF3 and GTF, PAF | BedReader, GffReader, PafReader, BedWriter, GffWriter, PafWriter |
// | reference.h | FASTA and FASTQ with an index | ReferenceReader |
//
// Records and headers are in alignment_record.h, alignment_header.h, variant_record.h and variant_header.h. What all
// share: region.h has parts of reference sequences, threads.h the threads that compress and decompress, and
// record_range.h makes ranges of the readers.
#pragma once

#include "anneal/io/alignment_header.h"
#include "anneal/io/alignment_record.h"
#include "anneal/io/alignments.h"
#include "anneal/io/intervals.h"
#include "anneal/io/record_range.h"
#include "anneal/io/reference.h"
#include "anneal/io/region.h"
#include "anneal/io/sequences.h"
#include "anneal/io/threads.h"
#include "anneal/io/variant_header.h"
#include "anneal/io/variant_record.h"
#include "anneal/io/variants.h"
