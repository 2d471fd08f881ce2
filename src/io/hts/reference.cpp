#include "anneal/io/reference.h"

#include <fmt/core.h>

#include <unordered_map>

#include "anneal/error.h"
#include "base/text.h"
#include "io/hts/sequence_index.h"
#include "io/open_file.h"

namespace anneal::io {

class ReferenceReader::State {
 public:
  explicit State(const std::string& path) : name_(input_name(path)), index_(path) {
    for (const hts::FaiEntry& entry : index_.fai().entries) {
      names_.push_back(entry.name);
      entries_.emplace(entry.name, &entry);
    }
  }

  const std::vector<std::string>& names() const { return names_; }
  bool contains(std::string_view name) const { return entries_.contains(std::string(name)); }

  const hts::FaiEntry& find(std::string_view name) const {
    const auto found = entries_.find(std::string(name));
    if (found != entries_.end()) return *found->second;
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} has no sequence {}; its index names those that it has", name_, base::quote(name)));
  }

  Region resolve(const Region& region) const {
    const std::int64_t length = find(region.contig).length;
    const bool is_to_end = region.end == Region::to_end;
    const std::int64_t end = is_to_end ? length : region.end;
    const bool is_behind = is_to_end && region.begin == length && length > 0;
    if (region.begin >= 0 && region.begin <= end && end <= length && !is_behind) {
      return {.contig = region.contig, .begin = region.begin, .end = end};
    }
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} is outside the sequence {} of {}, which has {} letters; give positions within it",
                            base::quote(to_string(region)), base::quote(region.contig), name_, length));
  }

  std::string fetch(const Region& region, bool qualities) const {
    const hts::FaiEntry& entry = find(region.contig);
    if (qualities && !index_.fai().is_fastq) {
      throw Error(ErrorCode::invalid_argument, fmt::format("{} is FASTA, which has no qualities; give FASTQ", name_));
    }
    const Region resolved = resolve(region);
    return index_.fetch(entry, resolved.begin, resolved.end, qualities);
  }

 private:
  std::string name_;
  hts::SequenceIndex index_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, const hts::FaiEntry*> entries_;
};

ReferenceReader::ReferenceReader(const std::string& path) : state_(std::make_unique<State>(path)) {}
ReferenceReader::~ReferenceReader() = default;
ReferenceReader::ReferenceReader(ReferenceReader&&) noexcept = default;
ReferenceReader& ReferenceReader::operator=(ReferenceReader&&) noexcept = default;

const std::vector<std::string>& ReferenceReader::names() const { return state_->names(); }
bool ReferenceReader::contains(std::string_view name) const { return state_->contains(name); }
std::int64_t ReferenceReader::length(std::string_view name) const { return state_->find(name).length; }
Region ReferenceReader::resolve(const Region& region) const { return state_->resolve(region); }
std::string ReferenceReader::fetch(const Region& region) const { return state_->fetch(region, false); }
std::string ReferenceReader::fetch_quality(const Region& region) const { return state_->fetch(region, true); }

std::string ReferenceReader::fetch(std::string_view region) const {
  return fetch(parse_region(region, [this](std::string_view name) { return contains(name); }));
}

}  // namespace anneal::io
