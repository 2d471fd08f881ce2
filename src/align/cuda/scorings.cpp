#include "align/cuda/scorings.h"

namespace anneal::align::cuda {

bool EndChoice::takes(int query_length, std::int64_t bound) const {
  if (!kernel->shape.takes_query(query_length)) return false;
  if (kernel->shape.form.local) return true;
  ScoreRange with_bound = range;
  with_bound.bound = bound;
  return kernel->fits(with_bound);
}

Scorings::Scorings(const AlignOptions& options, device::BufferPool& memory, device::cuda::Queue& queue)
    : letters_{letter_scoring(options), {}}, matrix_{matrix_scoring(options), {}},
      padding_(letters_.scoring.table.empty() ? matrix_.scoring.padding : letters_.scoring.padding) {
  for (Table* table : {&letters_, &matrix_}) {
    const std::vector<recurrence::Word>& words = table->scoring.table;
    if (words.empty()) continue;
    table->words = memory.acquire<recurrence::Word>(words.size());
    queue.copy(table->words.data(), words.data(), words.size() * sizeof(recurrence::Word));
    add_kernels(*table, options);
  }
}

void Scorings::add_kernels(const Table& table, const AlignOptions& options) {
  const bool local = options.mode == Mode::local;
  bool has_dust = false;
  for (const EndKernel& kernel : end_kernels(local, table.scoring.kind)) {
    const EndChoice choice = choice_of(kernel, table, options);
    if (local && !kernel.fits(choice.range)) continue;
    end_choices_.push_back(choice);
    has_dust |= kernel.shape.form.has_dust();
  }
  if (has_dust) finisher_ = choice_of(undecided_end_kernel(), table, options);
}

EndChoice Scorings::choice_of(const EndKernel& kernel, const Table& table, const AlignOptions& options) const {
  const int offset = table.scoring.offset, highest = options.matrix.highest();
  const recurrence::Penalties penalties = kernel.penalties(options.gap_open, options.gap_extend, offset);
  return {.kernel = &kernel,
          .range = {.gap_open = options.gap_open,
                    .gap_extend = options.gap_extend,
                    .offset = offset,
                    .highest_pair = highest},
          .parameters = end_parameters(options, penalties, kernel.highest_exact(highest)),
          .table = table.words.data()};
}

}  // namespace anneal::align::cuda
