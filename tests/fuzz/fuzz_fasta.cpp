// Any bytes as FASTA: records, or one error.
#include "fuzz/read_sequences.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  anneal::fuzz::read_sequences({reinterpret_cast<const char*>(data), size}, anneal::io::SequenceFormat::fasta);
  return 0;
}
