// Runs an EndProgram on the host, lanes emulated, for two pairs or one.
#pragma once

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "align/gpu/end_scoring.h"
#include "align/recurrence/end_program.h"
#include "align/recurrence/letter_scores.h"
#include "align/recurrence/matrix_scores.h"
#include "align/recurrence/paired_letter_scores.h"
#include "anneal/align.h"
#include "support/pair_set.h"

namespace anneal::test {

namespace simt = align::recurrence;

/// Letters as kernels want them: a whole number of words.
class PaddedLetters {
 public:
  PaddedLetters(std::string_view codes, unsigned char padding)
      : words_(codes.size() / 4 + 1, padding * 0x01010101u), size_(static_cast<int>(codes.size())) {
    if (!codes.empty()) std::memcpy(words_.data(), codes.data(), codes.size());
  }
  const unsigned char* data() const { return reinterpret_cast<const unsigned char*>(words_.data()); }
  int size() const { return size_; }

 private:
  std::vector<simt::Word> words_;
  int size_;
};

template <class Program>
std::vector<simt::EndCell> run_emulated(const std::vector<SequencePair>& encoded, const AlignOptions& options,
                                        const align::gpu::EndScoring& scoring) {
  using Scores = typename Program::Scores;
  std::vector<PaddedLetters> letters;
  typename Program::Job job{};
  for (const SequencePair& pair : encoded) {
    letters.emplace_back(pair.query, Scores::query_padding);
    letters.emplace_back(pair.target, Scores::target_padding);
  }
  int rows = 0, columns = 0;
  for (std::size_t part = 0; part < encoded.size(); ++part) {
    job.query[part] = letters[2 * part].data();
    job.target[part] = letters[2 * part + 1].data();
    job.query_length[part] = letters[2 * part].size();
    job.target_length[part] = letters[2 * part + 1].size();
    rows = std::max(rows, job.query_length[part]);
    columns = std::max(columns, job.target_length[part]);
  }
  std::vector<simt::Border> borders(
      static_cast<std::size_t>((rows / Program::height + 2) * Program::lanes * (columns + 3)));
  job.borders = Program::one_strip && !Program::keeps_checkpoints ? nullptr : borders.data();
  using Form = typename Program::Form;
  const simt::EndParameters parameters = align::gpu::end_parameters(
      options, simt::penalties_of<Form>(options.gap_open, options.gap_extend, scoring.offset),
      Form::highest_exact(options.matrix.highest()));
  simt::EndCell ends[Program::parts];
  Program(job, parameters, scoring.table.data()).run(ends);
  return {std::begin(ends), std::begin(ends) + static_cast<std::ptrdiff_t>(encoded.size())};
}

}  // namespace anneal::test
