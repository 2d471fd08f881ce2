#include "io/hts/reference_fasta.h"

#include <fmt/core.h>
#include <htslib/hts.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>

#include "anneal/error.h"
#include "base/text.h"
#include "io/hts/index_path.h"
#include "io/open_file.h"

namespace anneal::io::hts {
namespace {

// Makes the index beside the file, or else another one.
std::unique_ptr<TemporaryIndex> make_index(const std::string& path) {
  if (exists(path + ".fai")) return nullptr;
  const std::string folder = std::filesystem::path(path).parent_path().string();
  if (::access(folder.empty() ? "." : folder.c_str(), W_OK) != 0 && exists(path)) {
    return std::make_unique<TemporaryIndex>(path);
  }
  build_sequence_index(path);
  return nullptr;
}

}  // namespace

ReferenceFasta::ReferenceFasta(const std::string& path)
    : path_(path), temporary_(make_index(path)), index_(indexed_path()) {
  if (index_.fai().is_fastq) {
    throw Error(ErrorCode::invalid_input, fmt::format("the reference {} is FASTQ; give FASTA", input_name(path)));
  }
  for (const FaiEntry& entry : index_.fai().entries) entries_.emplace(entry.name, &entry);
}

std::optional<std::int64_t> ReferenceFasta::length(std::string_view name) const {
  const auto found = entries_.find(name);
  return found == entries_.end() ? std::nullopt : std::optional(found->second->length);
}

std::string ReferenceFasta::md5(std::string_view name) const {
  constexpr std::int64_t piece = std::int64_t{4} << 20;
  const std::unique_ptr<hts_md5_context, decltype(&hts_md5_destroy)> context(hts_md5_init(), &hts_md5_destroy);
  const std::int64_t letters = length(name).value_or(0);
  for (std::int64_t begin = 0; begin < letters; begin += piece) {
    const std::string sequence =
        base::to_upper(index_.fetch(*entries_.at(name), begin, std::min(begin + piece, letters), false));
    hts_md5_update(context.get(), sequence.data(), static_cast<unsigned long>(sequence.size()));
  }
  constexpr std::size_t bytes = 16;
  std::array<unsigned char, bytes> digest{};
  hts_md5_final(digest.data(), context.get());
  std::array<char, 2 * bytes + 1> digits{};
  hts_md5_hex(digits.data(), digest.data());
  return digits.data();
}

}  // namespace anneal::io::hts
