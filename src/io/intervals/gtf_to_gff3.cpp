#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "io/intervals/columns.h"
#include "io/intervals/gff_conversion.h"

namespace anneal::io {
namespace {

constexpr std::size_t attribute_column = 9;

// Empty where there is none, or an empty one, which GTF has for none.
std::string name_at(const GffRecord& record, std::string_view key) {
  const auto has_key = [&](const GffAttribute& attribute) { return attribute.key == key; };
  if (std::ranges::count_if(record.attributes, has_key) > 1) {
    throw ColumnError(attribute_column, fmt::format("it has {} more than once; give one", key));
  }
  const GffAttribute* const found = record.find(key);
  return found == nullptr ? std::string() : found->values.front();
}

// A gene or a transcript: what its lines say together. GTF may have it on several contigs.
struct Group {
  std::string id, parent;  // in GFF3; a gene has no parent
  std::string name;        // in GTF
  GffRecord extent;
  bool has_line = false;  // of its own, in the input or the output
};

class GroupTable {
 public:
  /// Null where no line had the name.
  Group* find(const std::string& contig, const std::string& name) {
    const auto found = groups_.find(contig + '\t' + name);
    return found == groups_.end() ? nullptr : &found->second;
  }
  Group& add(const std::string& contig, const std::string& name) { return groups_[contig + '\t' + name]; }

 private:
  std::unordered_map<std::string, Group> groups_;
};

struct Names {
  std::string gene, transcript;
  GffRole role;
};

Names names_of(const GffRecord& record) {
  Names names{.gene = name_at(record, "gene_id"), .transcript = name_at(record, "transcript_id"), .role = {}};
  const GffRole role = role_of_type(record.type);
  const bool is_whole = role == GffRole::gene || role == GffRole::transcript;
  const bool is_gene = record.type == "gene" || (role == GffRole::gene && names.transcript.empty());
  names.role = is_gene && !names.gene.empty()                      ? GffRole::gene
               : is_whole && !is_gene && !names.transcript.empty() ? GffRole::transcript
                                                                   : GffRole::part;
  return names;
}

void widen(GffRecord& extent, const GffRecord& record) {
  extent.begin = std::min(extent.begin, record.begin);
  extent.end = std::max(extent.end, record.end);
  if (extent.strand != record.strand) extent.strand = '.';
}

// Values of one key have to stand together in GFF3, where ID and Parent mean something else.
void add_value(std::vector<GffAttribute>& attributes, const GffAttribute& added) {
  const std::string key = added.key == "ID" ? "id" : added.key == "Parent" ? "parent" : added.key;
  const auto found = std::ranges::find(attributes, key, &GffAttribute::key);
  if (found == attributes.end()) {
    attributes.push_back({.key = key, .values = added.values});
  } else {
    found->values.insert(found->values.end(), added.values.begin(), added.values.end());
  }
}

class GtfToGff3 final : public GffConversion {
 public:
  void learn(const GffRecord& record) override {
    const Names names = names_of(record);
    std::string gene_id;
    if (!names.gene.empty()) {
      Group& gene = join(genes_, "gene", names.gene, record);
      if (names.role == GffRole::gene) gene.has_line = true;
      gene_id = gene.id;
    }
    if (names.role == GffRole::gene || names.transcript.empty()) return;
    const bool is_new = transcripts_.find(record.contig, names.transcript) == nullptr;
    Group& transcript = join(transcripts_, "transcript", names.transcript, record);
    if (names.role == GffRole::transcript) transcript.has_line = true;
    if (is_new) transcript.parent = gene_id;
    if (transcript.parent != gene_id) {
      throw ColumnError(attribute_column,
                        fmt::format("the transcript {} is of another gene, or of none, in a line before; give each "
                                    "gene's transcript a transcript_id of its own",
                                    base::quote(names.transcript)));
    }
  }

  void convert(const GffRecord& record, std::vector<GffRecord>& converted) override {
    const Names names = names_of(record);
    Group* const gene = genes_.find(record.contig, names.gene);
    Group* const transcript =
        names.role == GffRole::gene ? nullptr : transcripts_.find(record.contig, names.transcript);
    for (Group* const group : {gene, transcript}) {
      if (group == nullptr || std::exchange(group->has_line, true)) continue;
      converted.push_back(group->extent);
      converted.back().type = group == gene ? "gene" : "transcript";
      identify(converted.back(), *group, group == gene ? "gene_id" : "transcript_id");
    }
    GffRecord& line = converted.emplace_back(record);
    line.dialect = GffDialect::gff3;
    line.attributes.clear();
    if (names.role == GffRole::gene) {
      identify(line, *gene, "gene_id");
    } else if (names.role == GffRole::transcript) {
      identify(line, *transcript, "transcript_id");
    } else if (const Group* const parent = transcript != nullptr ? transcript : gene; parent != nullptr) {
      line.attributes.push_back({.key = "Parent", .values = {parent->id}});
    }
    for (const GffAttribute& attribute : record.attributes) {
      const bool is_told =
          attribute.key == "gene_id" || (attribute.key == "transcript_id" && names.role != GffRole::gene);
      if (!is_told) add_value(line.attributes, attribute);
    }
  }

 private:
  Group& join(GroupTable& groups, std::string_view kind, const std::string& name, const GffRecord& record) {
    if (Group* const known = groups.find(record.contig, name); known != nullptr) {
      widen(known->extent, record);
      return *known;
    }
    Group& group = groups.add(record.contig, name);
    group.id = new_id(kind, name);
    group.name = name;
    group.extent = {.contig = record.contig,
                    .source = record.source,
                    .begin = record.begin,
                    .end = record.end,
                    .strand = record.strand};
    return group;
  }

  // A gene and a transcript may have the same name, and both may occur on several contigs; an ID is of one feature.
  std::string new_id(std::string_view kind, const std::string& name) {
    if (ids_.try_emplace(name, 1).second) return name;
    std::string with_kind = fmt::format("{}:{}", kind, name);
    if (ids_.try_emplace(with_kind, 1).second) return with_kind;
    while (true) {
      std::string numbered = fmt::format("{}_{}", with_kind, ++ids_[with_kind]);
      if (ids_.try_emplace(numbered, 1).second) return numbered;
    }
  }

  static void identify(GffRecord& record, const Group& group, std::string_view key) {
    record.attributes.push_back({.key = "ID", .values = {group.id}});
    if (!group.parent.empty()) record.attributes.push_back({.key = "Parent", .values = {group.parent}});
    if (group.id != group.name) record.attributes.push_back({.key = std::string(key), .values = {group.name}});
  }

  GroupTable genes_, transcripts_;
  std::unordered_map<std::string, std::int64_t> ids_;  // that are taken, and the last number behind each
};

}  // namespace

std::unique_ptr<GffConversion> gtf_to_gff3() { return std::make_unique<GtfToGff3>(); }

}  // namespace anneal::io
