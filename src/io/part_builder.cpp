#include "io/part_builder.h"

#include <algorithm>
#include <numeric>

#include "io/digest.h"

namespace anneal::io {
namespace {

// Packed at a time, so that not many runs come before they are seen to be too many. Whole bytes.
constexpr std::size_t piece = std::size_t{1} << 20;

template <typename Value>
std::string_view bytes_of_values(const std::vector<Value>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Value)};
}

// Sections with their digest. Each ends where a page does.
class Sections {
 public:
  explicit Sections(Output& output) : output_(output) {}

  void write(std::string_view bytes) {
    output_.write(bytes);
    digest_.extend(bytes);
    size_ += bytes.size();
  }
  void end_section() { write(std::string(next_page(size_) - size_, '\0')); }
  void write_section(std::string_view bytes) {
    write(bytes);
    end_section();
  }
  DigestValue digest() const { return digest_.value(); }

 private:
  Output& output_;
  Digest digest_;
  std::uint64_t size_ = 0;
};

}  // namespace

void PartBuilder::append(const Record& record) {
  begins_.push_back(letters_.size());
  letters_ += record.sequence;
  names_ += record.name;
  comments_ += record.comment;
  records_.push_back({.letters_begin = 0,
                      .length = static_cast<std::uint32_t>(record.sequence.size()),
                      .names_end = static_cast<std::uint32_t>(names_.size()),
                      .comments_end = static_cast<std::uint32_t>(comments_.size())});
}

PartEntry PartBuilder::write(Output& output) {
  const std::vector<std::size_t> order = by_length();
  PartEntry entry{.sequences = sequences(), .name_bytes = names_.size(), .comment_bytes = comments_.size()};
  Sections sections(output);
  if (pack(order)) {
    const bool u = commoner_bases(letters_) == Bases::acgu;
    entry.store = static_cast<std::uint32_t>(u ? LetterStore::two_bits_u : LetterStore::two_bits);
    entry.letter_bytes = packed_.size();
    sections.write(packed_);
  } else {
    place(order);
    entry.letter_bytes = letters_.size();
    for (const std::size_t record : order) sections.write(letters_of(record));
  }
  entry.runs = runs_.size();
  sections.end_section();
  sections.write_section(names_);
  sections.write_section(comments_);
  sections.write_section(bytes_of_values(records_));
  sections.write_section(bytes_of_values(runs_));
  entry.digest = sections.digest();
  clear();
  return entry;
}

std::string_view PartBuilder::letters_of(std::size_t record) const {
  return std::string_view(letters_).substr(begins_[record], records_[record].length);
}

std::vector<std::size_t> PartBuilder::by_length() const {
  std::vector<std::size_t> order(records_.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, [this](std::size_t a, std::size_t b) {
    return records_[a].length != records_[b].length ? records_[a].length > records_[b].length : a < b;
  });
  return order;
}

// False where that takes as much room as the letters do, which then stay as they are.
bool PartBuilder::pack(const std::vector<std::size_t>& order) {
  if (alphabet_ != Alphabet::dna) return false;
  const Bases bases = commoner_bases(letters_);
  for (const std::size_t record : order) {
    records_[record].letters_begin = static_cast<std::uint32_t>(packed_.size());
    for (std::string_view rest = letters_of(record); !rest.empty(); rest.remove_prefix(std::min(rest.size(), piece))) {
      const auto begin = static_cast<std::uint32_t>(letters_per_byte * packed_.size());
      pack_letters(rest.substr(0, piece), bases, begin, packed_, runs_);
      if (packed_.size() + runs_.size() * sizeof(LetterRun) < letters_.size()) continue;
      packed_.clear();
      runs_.clear();
      return false;
    }
  }
  return true;
}

void PartBuilder::place(const std::vector<std::size_t>& order) {
  std::uint32_t begin = 0;
  for (const std::size_t record : order) {
    records_[record].letters_begin = begin;
    begin += records_[record].length;
  }
}

void PartBuilder::clear() {
  letters_.clear();
  names_.clear();
  comments_.clear();
  records_.clear();
  begins_.clear();
  packed_.clear();
  runs_.clear();
}

}  // namespace anneal::io
