#include "io/hts/alignment_record.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <new>

#include "anneal/error.h"
#include "base/text.h"
#include "io/sam_names.h"

namespace anneal::io {
namespace {

constexpr std::uint8_t no_quality = 0xff;
constexpr std::uint8_t largest_quality = 93;

static_assert(sizeof(CigarOp) == sizeof(std::uint32_t) && alignof(CigarOp) == alignof(std::uint32_t),
              "CIGARs are used where they lie");

[[noreturn]] void refuse(std::string_view name, const std::string& problem) {
  throw Error(ErrorCode::invalid_argument, fmt::format("record {} {}", base::quote(name), problem));
}

const std::uint32_t* packed(std::span<const CigarOp> cigar) {
  return reinterpret_cast<const std::uint32_t*>(cigar.data());
}

void check(const AlignmentFields& fields) {
  check_query_name(fields.name);
  if (!fields.qualities.empty() && fields.qualities.size() != fields.sequence.size()) {
    refuse(fields.name, fmt::format("has {} qualities for {} letters; give one for each or none",
                                    fields.qualities.size(), fields.sequence.size()));
  }
  const auto bad = std::ranges::find_if(fields.qualities, [](std::uint8_t q) { return q > largest_quality; });
  if (bad != fields.qualities.end()) {
    refuse(fields.name, fmt::format("has a quality of {}; 0 to {} are allowed", *bad, largest_quality));
  }
  if ((fields.flags & flag_unmapped) != 0 || fields.sequence.empty()) return;
  if (fields.cigar.empty()) refuse(fields.name, "is mapped and has no CIGAR; give one, or flag it as unmapped");
  const auto letters = bam_cigar2qlen(static_cast<int>(fields.cigar.size()), packed(fields.cigar));
  if (letters != static_cast<std::int64_t>(fields.sequence.size())) {
    refuse(fields.name, fmt::format("has a CIGAR of {} letters and a sequence of {}; they must be equal", letters,
                                    fields.sequence.size()));
  }
}

// Of the R-tree in BAM and its index.
void update_bin(bam1_t* bam) {
  constexpr int min_shift = 14, levels = 5;
  bam->core.bin = static_cast<std::uint16_t>(hts_reg2bin(bam->core.pos, bam_endpos(bam), min_shift, levels));
}

}  // namespace

AlignmentRecord::Impl::Impl() : bam(bam_init1()) {
  if (bam == nullptr) throw std::bad_alloc();
}

AlignmentRecord::AlignmentRecord() : impl_(std::make_unique<Impl>()) { assign({}); }

AlignmentRecord::AlignmentRecord(const AlignmentRecord& other) : impl_(std::make_unique<Impl>()) {
  if (bam_copy1(impl_->bam, other.impl_->bam) == nullptr) throw std::bad_alloc();
}

AlignmentRecord& AlignmentRecord::operator=(const AlignmentRecord& other) {
  if (this == &other) return *this;
  if (impl_ == nullptr) impl_ = std::make_unique<Impl>();
  if (bam_copy1(impl_->bam, other.impl_->bam) == nullptr) throw std::bad_alloc();
  return *this;
}

AlignmentRecord::AlignmentRecord(AlignmentRecord&& other) noexcept = default;
AlignmentRecord& AlignmentRecord::operator=(AlignmentRecord&& other) noexcept = default;
AlignmentRecord::~AlignmentRecord() = default;

std::string_view AlignmentRecord::name() const { return bam_get_qname(impl_->bam); }
std::uint16_t AlignmentRecord::flags() const { return impl_->bam->core.flag; }
int AlignmentRecord::reference() const { return impl_->bam->core.tid; }
std::int64_t AlignmentRecord::position() const { return impl_->bam->core.pos; }
std::int64_t AlignmentRecord::end_position() const { return bam_endpos(impl_->bam); }
std::uint8_t AlignmentRecord::mapping_quality() const { return impl_->bam->core.qual; }

std::span<const CigarOp> AlignmentRecord::cigar() const {
  return {reinterpret_cast<const CigarOp*>(bam_get_cigar(impl_->bam)), impl_->bam->core.n_cigar};
}

int AlignmentRecord::mate_reference() const { return impl_->bam->core.mtid; }
std::int64_t AlignmentRecord::mate_position() const { return impl_->bam->core.mpos; }
std::int64_t AlignmentRecord::template_length() const { return impl_->bam->core.isize; }
std::size_t AlignmentRecord::sequence_length() const { return static_cast<std::size_t>(impl_->bam->core.l_qseq); }

std::string AlignmentRecord::sequence() const {
  std::string letters(sequence_length(), '\0');
  const std::uint8_t* const codes = bam_get_seq(impl_->bam);
  for (std::size_t i = 0; i < letters.size(); ++i) letters[i] = seq_nt16_str[bam_seqi(codes, i)];
  return letters;
}

std::span<const std::uint8_t> AlignmentRecord::qualities() const {
  const std::uint8_t* const first = bam_get_qual(impl_->bam);
  if (sequence_length() == 0 || *first == no_quality) return {};
  return {first, sequence_length()};
}

void AlignmentRecord::assign(const AlignmentFields& fields) {
  check(fields);
  const auto* const qualities = reinterpret_cast<const char*>(fields.qualities.data());
  const int result =
      bam_set1(impl_->bam, fields.name.size(), fields.name.data(), fields.flags, fields.reference, fields.position,
               fields.mapping_quality, fields.cigar.size(), packed(fields.cigar), fields.mate_reference,
               fields.mate_position, fields.template_length, fields.sequence.size(), fields.sequence.data(),
               fields.qualities.empty() ? nullptr : qualities, 0);
  if (result < 0) refuse(fields.name, "is larger than the 2 GiB that the formats allow, or ends behind position 2^62");
}

void AlignmentRecord::set_flags(std::uint16_t flags) {
  impl_->bam->core.flag = flags;
  update_bin(impl_->bam);
}

void AlignmentRecord::set_mapping_quality(std::uint8_t quality) { impl_->bam->core.qual = quality; }

void AlignmentRecord::set_position(int reference, std::int64_t position) {
  impl_->bam->core.tid = reference;
  impl_->bam->core.pos = position;
  update_bin(impl_->bam);
}

void AlignmentRecord::set_mate(int reference, std::int64_t position, std::int64_t template_length) {
  impl_->bam->core.mtid = reference;
  impl_->bam->core.mpos = position;
  impl_->bam->core.isize = template_length;
}

bool operator==(const AlignmentRecord& one, const AlignmentRecord& other) {
  const auto same = [](const auto& a, const auto& b) { return std::ranges::equal(a, b); };
  return one.name() == other.name() && one.flags() == other.flags() && one.reference() == other.reference() &&
         one.position() == other.position() && one.mapping_quality() == other.mapping_quality() &&
         same(one.cigar(), other.cigar()) && one.mate_reference() == other.mate_reference() &&
         one.mate_position() == other.mate_position() && one.template_length() == other.template_length() &&
         one.sequence() == other.sequence() && same(one.qualities(), other.qualities()) && one.tags() == other.tags();
}

}  // namespace anneal::io
