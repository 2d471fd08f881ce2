// What is compared: the kinds of work.
#pragma once

#include <string>
#include <vector>

#include "contest.h"
#include "peers/plugins.h"

namespace anneal::bench {

/// Names of all contests, in the order in which they run.
std::vector<std::string> contest_names();

struct ContestInput {
  std::size_t pairs = 20'000;             ///< of 150 bp; of longer ones, so many that there are about as many cells
  std::vector<std::string> backends;      ///< as in anneal_backends()
  bool peers = true;                      ///< or anneal alone
  std::vector<Plugin> plugins;            ///< peers besides those
  std::vector<std::string> files;         ///< two FASTA files instead of reads in windows, or none
  std::vector<std::string> span_files;    ///< the same instead of reads with their spans
  std::vector<std::string> search_files;  ///< a FASTA file of one query and one of targets for the search, or none
};

/// A contest by name. Throws std::invalid_argument for an unknown name, and as read_fasta_pairs().
Contest make_contest(const std::string& name, const ContestInput& input);

}  // namespace anneal::bench
