// `anneal view` of FASTA and FASTQ.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "io/byte_source.h"

namespace anneal::cli {

struct ViewSequencesArguments {
  std::string path;                  ///< of the input; "-" is standard input
  std::vector<std::string> regions;  ///< empty, and no file of regions: all that there is
  std::string regions_file;          ///< BED; empty: none
  std::string output = "-";          ///< compressed as its name says
  std::string format;                ///< "fasta" or "fastq"; empty: by the output's name, or that of the input
  int threads = 1;                   ///< that compress BGZF
  int level = -1;                    ///< of compression, 1..9; -1: the usual one
  bool only_count = false;           ///< write the number of records, as a line of text
};

/// Writes the records of an input that is open already, each sequence on one line: all of them, or those that regions
/// make, in their order, named as the regions are; those of the file come first. Throws anneal::Error, Error(cancelled)
/// after a stop; Error(invalid_argument) also for FASTQ of FASTA, for an output whose name says another format or
/// compression, and for a region that is not within its sequence: before anything is written.
void view_sequences(std::unique_ptr<io::ByteSource> source, const ViewSequencesArguments& arguments,
                    const std::stop_token& stop);

}  // namespace anneal::cli
