#include "io/hts/alignment_header.h"

#include <fmt/core.h>

#include <algorithm>
#include <new>
#include <utility>

#include "anneal/error.h"
#include "base/text.h"
#include "io/hts/header_checks.h"
#include "io/hts/text.h"
#include "io/sam_names.h"

namespace anneal::io {
namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

std::string field_of(sam_hdr_t* header, int read_group, const char* key) {
  hts::Text text;
  if (sam_hdr_find_tag_pos(header, "RG", read_group, key, text.get()) != 0) return {};
  return std::string(text.view());
}

}  // namespace

AlignmentHeader::Impl::Impl(sam_hdr_t* taken) : header(taken) {
  if (taken == nullptr) throw std::bad_alloc();
}

AlignmentHeader::AlignmentHeader() : impl_(std::make_unique<Impl>(sam_hdr_init())) {}

AlignmentHeader::AlignmentHeader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

AlignmentHeader AlignmentHeader::parse(std::string_view text) {
  hts::keep_quiet();
  hts::check_reference_lengths(text);
  AlignmentHeader header;
  if (!text.empty() && sam_hdr_add_lines(header.impl_->get(), text.data(), text.size()) != 0) {
    const std::string defect = hts::defect_of_header(text);
    throw Error(
        ErrorCode::invalid_input,
        fmt::format("the header is not what SAM allows: {}{}its lines are @HD, @SQ, @RG, @PG and @CO, with fields such "
                    "as SN:chr1 behind tabs, and no two sequences, read groups or programs may have the same name",
                    defect, defect.empty() ? "" : "; "));
  }
  return header;
}

AlignmentHeader::AlignmentHeader(const AlignmentHeader& other)
    : impl_(std::make_unique<Impl>(sam_hdr_dup(other.impl_->get()))) {}

AlignmentHeader& AlignmentHeader::operator=(const AlignmentHeader& other) {
  if (this != &other) impl_ = std::make_unique<Impl>(sam_hdr_dup(other.impl_->get()));
  return *this;
}

AlignmentHeader::AlignmentHeader(AlignmentHeader&& other) noexcept = default;
AlignmentHeader& AlignmentHeader::operator=(AlignmentHeader&& other) noexcept = default;
AlignmentHeader::~AlignmentHeader() = default;

int AlignmentHeader::reference_count() const { return sam_hdr_nref(impl_->get()); }

std::string_view AlignmentHeader::reference_name(int reference) const {
  return sam_hdr_tid2name(impl_->get(), reference);
}

std::int64_t AlignmentHeader::reference_length(int reference) const { return sam_hdr_tid2len(impl_->get(), reference); }

std::optional<int> AlignmentHeader::find_reference(std::string_view name) const {
  const int found = sam_hdr_name2tid(impl_->get(), std::string(name).c_str());
  return found < 0 ? std::nullopt : std::optional(found);
}

std::vector<ReadGroup> AlignmentHeader::read_groups() const {
  std::vector<ReadGroup> groups;
  const int count = sam_hdr_count_lines(impl_->get(), "RG");
  groups.reserve(static_cast<std::size_t>(std::max(count, 0)));
  for (int i = 0; i < count; ++i) {
    groups.push_back(
        {field_of(impl_->get(), i, "ID"), field_of(impl_->get(), i, "SM"), field_of(impl_->get(), i, "LB")});
  }
  return groups;
}

std::string AlignmentHeader::text() const {
  const char* const text = sam_hdr_str(impl_->get());
  return text == nullptr ? std::string() : std::string(text, sam_hdr_length(impl_->get()));
}

Region AlignmentHeader::parse_region(std::string_view text) const {
  const Region region =
      io::parse_region(text, [this](std::string_view name) { return find_reference(name).has_value(); });
  if (region.contig == Region::unplaced || find_reference(region.contig)) return region;
  refuse(fmt::format("region {}: the header has no such sequence; it has {}", base::quote(text),
                     reference_count() == 0
                         ? "none"
                         : fmt::format("{}, the first of them {}", reference_count(), base::quote(reference_name(0)))));
}

void AlignmentHeader::add_reference(std::string_view name, std::int64_t length) {
  check_reference_names(std::vector<Reference>{{name, length}});
  if (length < 1 || length > hts::longest_reference) {
    refuse(fmt::format("sequence {} has a length of {}; 1 to 2^62 is allowed", base::quote(name), length));
  }
  if (find_reference(name)) refuse(fmt::format("the header has a sequence {} already; rename it", base::quote(name)));
  const std::string text(name), digits = std::to_string(length);
  if (sam_hdr_add_line(impl_->get(), "SQ", "SN", text.c_str(), "LN", digits.c_str(), nullptr) != 0) {
    throw std::bad_alloc();
  }
}

void AlignmentHeader::set_sorted_by_coordinate() {
  sam_hdr_t* const header = impl_->get();
  const bool has_line = sam_hdr_count_lines(header, "HD") > 0;
  int result = has_line ? sam_hdr_update_hd(header, "SO", "coordinate")
                        : sam_hdr_add_line(header, "HD", "VN", "1.6", "SO", "coordinate", nullptr);
  // They say more of the order that it had.
  for (const char* const key : {"GO", "SS"}) result |= has_line ? sam_hdr_remove_tag_hd(header, key) : 0;
  if (result < 0) throw std::bad_alloc();
}

void AlignmentHeader::add_program(const Program& program) {
  if (hts::has_program_cycle(impl_->get())) {
    throw Error(
        ErrorCode::invalid_input,
        "the @PG lines of the header name each other as the previous program in a cycle; correct or remove them, "
        "or add none (--no-pg)");
  }
  // A null key ends the list, so what is left out has to stand last.
  const char* const version = program.version.empty() ? nullptr : "VN";
  const char* const command = program.command_line.empty() ? nullptr : "CL";
  const char* const first = version != nullptr ? version : command;
  const char* const first_value = version != nullptr ? program.version.c_str() : program.command_line.c_str();
  const char* const second = version != nullptr ? command : nullptr;
  if (sam_hdr_add_pg(impl_->get(), program.name.c_str(), first, first_value, second, program.command_line.c_str(),
                     nullptr) != 0) {
    throw Error(ErrorCode::invalid_input, "the @PG lines of the header contradict each other; correct or remove them");
  }
}

AlignmentHeader hts::read_header(const InputFile& file) {
  sam_hdr_t* const header = sam_hdr_read(file.get());
  if (header != nullptr) return AlignmentHeader(std::make_unique<AlignmentHeader::Impl>(header));
  throw Error(ErrorCode::invalid_input,
              fmt::format("the header of {} is truncated or damaged; make the file again", file.name()));
}

}  // namespace anneal::io
