#include "io/hts/reference_fasta.h"

#include <fmt/format.h>
#include <htslib/hts.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "anneal/error.h"
#include "base/text.h"
#include "io/hts/descriptor_path.h"
#include "io/hts/file.h"
#include "io/hts/index_age.h"
#include "io/open_file.h"
#include "io/output.h"

namespace anneal::io::hts {
namespace {

[[noreturn]] void refuse(const std::string& path) {
  throw Error(ErrorCode::invalid_input,
              fmt::format("the reference '{}' is no FASTA file that can be read at any place: it has to be plain or "
                          "compressed by bgzip, with lines of one length in each sequence",
                          path));
}

bool is_compressed(const std::string& path) {
  const FileDescriptor file = open_file(path);
  constexpr std::array<unsigned char, 2> gzip_magic = {0x1f, 0x8b};
  std::array<unsigned char, 2> magic{};
  return ::read(file.get(), magic.data(), magic.size()) == 2 && magic == gzip_magic;
}

void make_index(const std::string& path, bool compressed) {
  Output index(path + ".fai");
  if (!compressed) {
    const DescriptorPath place(index);
    if (fai_build3(path.c_str(), place.c_str(), nullptr) != 0) refuse(path);
  } else {
    Output blocks(path + ".gzi");
    const DescriptorPath place(index), blocks_place(blocks);
    if (fai_build3(path.c_str(), place.c_str(), blocks_place.c_str()) != 0) refuse(path);
    blocks.commit();
  }
  index.commit();
}

}  // namespace

ReferenceFasta::ReferenceFasta(const std::string& path) : path_(path) {
  keep_quiet();
  const bool compressed = is_compressed(path);
  for (const char* const extension : {".fai", ".gzi"}) {
    const std::string index = path + extension;
    if (exists(index)) refuse_older_index(index, path, "remove it, so that it is made again");
  }
  if (!exists(path + ".fai") || (compressed && !exists(path + ".gzi"))) make_index(path, compressed);
  index_.reset(fai_load3(path.c_str(), nullptr, nullptr, 0));
  if (index_ == nullptr) refuse(path);
}

std::optional<std::int64_t> ReferenceFasta::length(std::string_view name) const {
  const std::string text(name);
  if (faidx_has_seq(index_.get(), text.c_str()) == 0) return std::nullopt;
  return faidx_seq_len(index_.get(), text.c_str());
}

std::string ReferenceFasta::md5(std::string_view name) const {
  constexpr std::int64_t piece = std::int64_t{4} << 20;
  const std::string text(name);
  hts_md5_context* const context = hts_md5_init();
  const std::unique_ptr<hts_md5_context, decltype(&hts_md5_destroy)> context_owner(context, &hts_md5_destroy);
  const std::int64_t letters = length(name).value_or(0);
  for (std::int64_t begin = 0; begin < letters; begin += piece) {
    hts_pos_t count = 0;
    char* const sequence =
        faidx_fetch_seq64(index_.get(), text.c_str(), begin, std::min(begin + piece, letters) - 1, &count);
    const std::unique_ptr<char, decltype(&std::free)> owner(sequence, &std::free);
    if (sequence == nullptr) return {};
    std::transform(sequence, sequence + count, sequence, [](char c) { return base::to_upper(c); });
    hts_md5_update(context, sequence, static_cast<unsigned long>(count));
  }
  constexpr std::size_t bytes = 16;
  std::array<unsigned char, bytes> digest{};
  hts_md5_final(digest.data(), context);
  std::array<char, 2 * bytes + 1> digits{};
  hts_md5_hex(digits.data(), digest.data());
  return digits.data();
}

}  // namespace anneal::io::hts
