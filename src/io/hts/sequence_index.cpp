#include "io/hts/sequence_index.h"

#include <fmt/core.h>
#include <htslib/bgzf.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <new>

#include "anneal/error.h"
#include "base/text.h"
#include "io/hts/fasta_layout.h"
#include "io/hts/file.h"
#include "io/hts/index_path.h"
#include "io/hts/new_file.h"
#include "io/open_file.h"

namespace anneal::io::hts {
namespace {

constexpr std::string_view fai_suffix[] = {".fai"}, gzi_suffix[] = {".gzi"};

struct CloseBgzf {
  void operator()(BGZF* file) const { bgzf_close(file); }
};
using Bgzf = std::unique_ptr<BGZF, CloseBgzf>;

Bgzf open_bgzf(const std::string& path) {
  keep_quiet();
  check_can_have_index(path);
  open_file(path);
  errno = 0;
  Bgzf file(bgzf_open(path.c_str(), "r"));
  if (file == nullptr) refuse_file("read", input_name(path), errno == 0 ? EIO : errno);
  return file;
}

// Returns whether it is compressed at all.
bool check_compression(const std::string& path) {
  const Bgzf file = open_bgzf(path);
  const int compression = bgzf_compression(file.get());
  const int first = bgzf_peek(file.get());
  const bool is_text = first == '>' || first == '@' || first == '\n' || first == '\r';
  const bool is_other = compression == no_compression && !is_text;
  if (compression == gzip) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} is compressed by gzip, in which no place can be found; compress it with bgzip instead: "
                            "gunzip -c FILE | bgzip > NEW",
                            input_name(path)));
  }
  if (is_other) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("{} is neither FASTA nor FASTQ, plain or compressed by BGZF; give such a file, or compress it "
                    "with bgzip",
                    input_name(path)));
  }
  return compression == bgzf;
}

// A file whose index may be that of another one.
struct Opened {
  Bgzf file;
  const std::optional<Gzi>& gzi;
};

// The bytes begin .. begin + size - 1, or what there is of them.
std::string bytes_at(const Opened& opened, std::int64_t begin, std::size_t size) {
  std::string bytes(size, '\0');
  if (opened.gzi && !opened.gzi->leads_to(begin)) return {};
  if (bgzf_useek(opened.file.get(), begin, SEEK_SET) < 0) return {};
  const ssize_t count = bgzf_read(opened.file.get(), bytes.data(), size);
  bytes.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
  return bytes;
}

// Whether the line before the letters of an entry is a header with its name.
bool is_behind_header(const Opened& file, const FaiEntry& entry) {
  constexpr std::int64_t longest = 65536;
  const std::int64_t begin = std::max<std::int64_t>(entry.begin - longest, 0);
  const std::string before = bytes_at(file, begin, static_cast<std::size_t>(entry.begin - begin));
  if (static_cast<std::int64_t>(before.size()) != entry.begin - begin || !before.ends_with('\n')) return false;
  const std::size_t line_end = before.size() >= 2 ? before.rfind('\n', before.size() - 2) : std::string::npos;
  if (line_end == std::string::npos && begin > 0) return true;              // a header that is longer than this
  std::string_view header = std::string_view(before).substr(line_end + 1);  // npos + 1 is 0
  if (header.empty() || (header[0] != '>' && header[0] != '@')) return false;
  header = base::trim(header.substr(1));
  return header.substr(0, header.find_first_of(" \t")) == entry.name;
}

// Whether the file ends, or goes on with another record, behind an entry's last letter.
bool ends_there(const Opened& file, const FaiEntry& entry, bool is_last) {
  constexpr std::size_t enough = 64;
  std::string behind = bytes_at(file, entry.end() - 1, enough);
  if (behind.empty()) return false;
  const std::size_t next = behind.find_first_not_of("\r\n", 1);
  if (next == 1) return false;
  return next == std::string::npos || (!is_last && (behind[next] == '>' || behind[next] == '@' || behind[next] == '+'));
}

void check_belongs(const Fai& fai, const std::optional<Gzi>& gzi, const std::string& path, const std::string& index) {
  const Opened opened{.file = open_bgzf(path), .gzi = gzi};
  if (gzi && bgzf_check_EOF(opened.file.get()) == 0) refuse_truncated(input_name(path));
  if (gzi && bgzf_index_load(opened.file.get(), (path + ".gzi").c_str(), nullptr) < 0) {
    refuse_foreign(path + ".gzi", path, "it cannot be read");
  }
  if (fai.entries.empty()) refuse_foreign(index, path, "it has no sequence");
  const auto [first, last] = std::ranges::minmax_element(fai.entries, {}, &FaiEntry::begin);
  for (const FaiEntry* const entry : {&*first, &*last}) {
    const bool is_there =
        is_behind_header(opened, *entry) && (entry->length == 0 || ends_there(opened, *entry, entry == &*last));
    if (is_there) continue;
    refuse_foreign(index, path, fmt::format("the sequence {} is not where it says", base::quote(entry->name)));
  }
}

}  // namespace

std::vector<std::string> build_sequence_index(const std::string& path) { return build_sequence_index(path, path); }

std::vector<std::string> build_sequence_index(const std::string& path, const std::string& beside) {
  const bool is_compressed = check_compression(path);
  check_layout(path);
  NewFile fai(beside + ".fai");
  NewFile gzi(beside + ".gzi");
  errno = 0;
  if (fai_build3(path.c_str(), fai.temporary_path().c_str(), gzi.temporary_path().c_str()) < 0) {
    if (errno != 0) fai.fail(errno);
    throw Error(
        ErrorCode::invalid_input,
        fmt::format("{} cannot be indexed: a sequence has no letters at the file's end, or lines that differ in "
                    "length or in how they end; wrap its lines again",
                    input_name(path)));
  }
  std::vector<std::string> paths = {beside + ".fai"};
  if (is_compressed) {
    gzi.commit();
    paths.push_back(beside + ".gzi");
  }
  fai.commit();
  return paths;
}

SequenceIndex::SequenceIndex(const std::string& path) : path_(path) {
  const bool is_compressed = check_compression(path);
  const std::string fai = index_path(path, places_beside(path, fai_suffix));
  const std::string gzi = is_compressed ? index_path(path, places_beside(path, gzi_suffix)) : std::string();
  fai_ = read_fai(fai);
  if (is_compressed) gzi_.emplace(gzi, path);
  check_belongs(fai_, gzi_, path, fai);
  index_.reset(fai_load3_format(path.c_str(), fai.c_str(), is_compressed ? gzi.c_str() : nullptr, 0,
                                fai_.is_fastq ? FAI_FASTQ : FAI_FASTA));
  if (index_ == nullptr) refuse_foreign(fai, path, "it cannot be read");
}

std::string SequenceIndex::fetch(const FaiEntry& entry, std::int64_t begin, std::int64_t end, bool qualities) const {
  if (begin == end) return {};
  const std::int64_t first = (qualities ? entry.quality_begin : entry.begin) +
                             begin / entry.line_letters * entry.line_bytes + begin % entry.line_letters;
  const bool is_there = !gzi_ || gzi_->leads_to(first);
  hts_pos_t length = 0;
  const auto fetch = qualities ? faidx_fetch_qual64 : faidx_fetch_seq64;
  char* const letters = is_there ? fetch(index_.get(), entry.name.c_str(), begin, end - 1, &length) : nullptr;
  std::string result(letters == nullptr ? "" : letters, letters == nullptr ? 0 : static_cast<std::size_t>(length));
  std::free(letters);
  if (letters != nullptr && length == end - begin) return result;
  throw Error(ErrorCode::invalid_input,
              fmt::format("{} ends within {}, or is damaged; copy or make it again, and its index", input_name(path_),
                          base::quote(entry.name)));
}

}  // namespace anneal::io::hts
