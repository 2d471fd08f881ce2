// Tags as they lie in memory, which is as BAM has them.
#pragma once

#include <htslib/sam.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace anneal::io::hts {

constexpr std::size_t tag_name_size = 2;

/// All of a record's.
std::span<const std::uint8_t> tag_bytes(const bam1_t& bam);

/// Bytes of the tag at the begin, its name and type included; 0 where it is cut or of a type that BAM lacks.
std::size_t tag_size(std::span<const std::uint8_t> rest);

/// The name of the first tag of this type; empty where there is none. All have to be whole.
std::string_view find_tag_of_type(const bam1_t& bam, char type);

/// Whether each is of one of BAM's types and lies within the record.
bool has_whole_tags(const bam1_t& bam);

}  // namespace anneal::io::hts
