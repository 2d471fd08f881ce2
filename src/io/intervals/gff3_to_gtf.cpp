#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "io/intervals/columns.h"
#include "io/intervals/gff_attributes.h"
#include "io/intervals/gff_conversion.h"
#include "io/letters.h"

namespace anneal::io {
namespace {

constexpr std::size_t attribute_column = 9;

using FeatureIndex = std::uint32_t;

// What has an ID, or is the Parent of something.
struct Feature {
  const std::string* id;
  std::vector<FeatureIndex> parents = {};
  GffRole type = GffRole::other;
  bool has_line = false;
  bool has_children = false;
};

// Of a line of GTF.
struct Names {
  std::string gene, transcript;
  friend auto operator<=>(const Names&, const Names&) = default;
};

// Empty where there is none, or several.
std::string value_at(const GffRecord& record, std::string_view key) {
  const GffAttribute* const found = record.find(key);
  return found == nullptr || found->values.size() != 1 ? std::string() : found->values.front();
}

const std::vector<std::string>& parents_of(const GffRecord& record) {
  static const std::vector<std::string> none;
  const GffAttribute* const found = record.find("Parent");
  return found == nullptr ? none : found->values;
}

// Bytes that GTF has no way to write stay as GFF3 writes them.
std::string gtf_text(std::string_view text, std::string_view special = "") { return escaped(text, special); }

std::string gtf_contig(std::string_view contig) {
  const bool is_special = contig.starts_with('#') || contig.starts_with('>');  // as a line's first byte
  return is_special ? escaped(contig.substr(0, 1), "#>") + gtf_text(contig.substr(1)) : gtf_text(contig);
}

class Gff3ToGtf final : public GffConversion {
 public:
  void learn(const GffRecord& record) override {
    const std::string id = value_at(record, "ID");
    std::vector<FeatureIndex> parents;
    for (const std::string& parent : parents_of(record)) {
      parents.push_back(index_of(parent));
      features_[parents.back()].has_children = true;
    }
    if (id.empty()) return;
    const FeatureIndex index = index_of(id);
    Feature& feature = features_[index];
    if (!std::exchange(feature.has_line, true)) feature.type = role_of_type(record.type);
    for (const FeatureIndex parent : parents) {
      if (std::ranges::find(feature.parents, parent) == feature.parents.end()) feature.parents.push_back(parent);
    }
    name(index, record);
  }

  void convert(const GffRecord& record, std::vector<GffRecord>& converted) override {
    GffRole role = GffRole::other;
    for (const Names& names : names_of(record, role)) {
      GffRecord& line = converted.emplace_back(record);
      line.dialect = GffDialect::gtf;
      line.contig = gtf_contig(record.contig);
      line.source = gtf_text(record.source);
      line.type = gtf_text(record.type);
      line.attributes = {{.key = "gene_id", .values = {gtf_text(names.gene)}}};
      if (role != GffRole::gene) {
        line.attributes.push_back({.key = "transcript_id", .values = {gtf_text(names.transcript)}});
      }
      for (const GffAttribute& attribute : record.attributes) {
        if (!is_told(attribute.key, role)) append(line.attributes, attribute);
      }
    }
  }

 private:
  // A place on the way from a record to what it belongs to.
  struct Step {
    FeatureIndex feature;
    std::string transcript;  // the first one that was met
    friend auto operator<=>(const Step&, const Step&) = default;
  };

  static bool is_told(std::string_view key, GffRole role) {
    const bool is_whole = role == GffRole::gene || role == GffRole::transcript;
    return key == "gene_id" || key == "Parent" || (key == "transcript_id" && role != GffRole::gene) ||
           (key == "ID" && is_whole);
  }

  static void append(std::vector<GffAttribute>& attributes, const GffAttribute& attribute) {
    const std::string key = gtf_text(attribute.key, " ;\"=");
    for (const std::string& value : attribute.values) attributes.push_back({.key = key, .values = {gtf_text(value)}});
  }

  FeatureIndex index_of(const std::string& id) {
    const auto [found, is_new] = indices_.try_emplace(id, static_cast<FeatureIndex>(features_.size()));
    if (is_new) features_.push_back({.id = &found->first});
    return found->second;
  }

  // What GTF calls it, which is its ID unless it has the attribute that GTF has. On a contig, no two are called alike.
  void name(FeatureIndex index, const GffRecord& record) {
    const GffRole type = features_[index].type;
    if (type == GffRole::part) return;
    const std::string& id = *features_[index].id;
    const bool has_transcript = record.find("transcript_id") != nullptr;
    const bool is_below = type == GffRole::gene && record.find("Parent") != nullptr;  // a gene, perhaps, or an operon
    if (is_below && !has_transcript && record.find("gene_id") == nullptr) return;
    const bool is_gene = type == GffRole::gene && !(is_below && has_transcript);
    const std::string given = value_at(record, is_gene ? "gene_id" : "transcript_id");
    if (!given.empty() && owner(record.contig, is_gene, given, index) == index) {
      names_.try_emplace(index, given);
    } else if (type != GffRole::other && !names_.contains(index) && owner(record.contig, is_gene, id, index) != index) {
      throw ColumnError(attribute_column, fmt::format("the ID {} is the {} of another line before; make it another",
                                                      base::quote(id), is_gene ? "gene_id" : "transcript_id"));
    }
    if (type != GffRole::transcript) return;
    for (const std::string_view key : {"gene_id", "geneID"}) {
      const std::string gene = value_at(record, key);
      if (!gene.empty()) genes_of_transcripts_.try_emplace(index, gene);
    }
  }

  FeatureIndex owner(const std::string& contig, bool is_gene, const std::string& name, FeatureIndex index) {
    return owners_.try_emplace(fmt::format("{}\t{}\t{}", is_gene, contig, name), index).first->second;
  }

  // Of a feature with this type and these parents.
  GffRole role_of(GffRole type, const std::vector<FeatureIndex>& parents, bool has_children) const {
    const bool is_below_gene =
        std::ranges::any_of(parents, [&](FeatureIndex parent) { return features_[parent].type == GffRole::gene; });
    if (type == GffRole::gene) return is_below_gene ? GffRole::transcript : GffRole::gene;
    return type == GffRole::other && is_below_gene && has_children ? GffRole::transcript : type;
  }
  GffRole role_of(const Feature& feature) const { return role_of(feature.type, feature.parents, feature.has_children); }

  const std::string& name_of(FeatureIndex index) const {
    const auto found = names_.find(index);
    return found == names_.end() ? *features_[index].id : found->second;
  }

  // The gene of a transcript that has none above it.
  const std::string& gene_of(FeatureIndex transcript) const {
    const auto found = genes_of_transcripts_.find(transcript);
    return found == genes_of_transcripts_.end() ? name_of(transcript) : found->second;
  }

  std::optional<FeatureIndex> find(const std::string& id) const {
    const auto found = indices_.find(id);
    return found == indices_.end() ? std::nullopt : std::optional(found->second);
  }

  // One for each line of GTF, and the record's role.
  std::vector<Names> names_of(const GffRecord& record, GffRole& role) const {
    const std::optional<FeatureIndex> self = find(value_at(record, "ID"));
    std::vector<FeatureIndex> parents;
    for (const std::string& parent : parents_of(record)) parents.push_back(known(parent));
    role = role_of(role_of_type(record.type), parents, self && features_[*self].has_children);
    Names own{.gene = value_at(record, "gene_id"), .transcript = value_at(record, "transcript_id")};
    if (role == GffRole::gene) return {{.gene = self ? name_of(*self) : own.gene, .transcript = {}}};
    if (role == GffRole::transcript && self) own.transcript = name_of(*self);
    if (!parents.empty()) {
      return names_above(parents, role == GffRole::transcript ? own.transcript : std::string());
    }
    if (role == GffRole::transcript && self) own.gene = gene_of(*self);
    return {own};
  }

  FeatureIndex known(const std::string& parent) const {
    const std::optional<FeatureIndex> index = find(parent);
    if (index && features_[*index].has_line) return *index;
    throw ColumnError(attribute_column, fmt::format("its Parent {} is the ID of no line; add that line, or remove the "
                                                    "Parent",
                                                    base::quote(parent)));
  }

  std::vector<Names> names_above(const std::vector<FeatureIndex>& parents, const std::string& transcript) const {
    std::vector<Step> steps;
    std::set<Step> known_steps;
    std::vector<Names> all;
    std::set<Names> known_names;
    const auto climb = [&](const std::vector<FeatureIndex>& features, const std::string& from) {
      for (const FeatureIndex feature : features) {
        const Step step{.feature = known(*features_[feature].id), .transcript = from};
        if (known_steps.insert(step).second) steps.push_back(step);
      }
    };
    climb(parents, transcript);
    std::size_t next = 0;
    while (next < steps.size()) {
      const auto [index, below] = steps[next++];
      const Feature& feature = features_[index];
      const GffRole role = role_of(feature);
      const bool is_first_transcript = role == GffRole::transcript && below.empty();
      const std::string& met = is_first_transcript ? name_of(index) : below;
      if (role != GffRole::gene && !feature.parents.empty()) {
        climb(feature.parents, met);
        continue;
      }
      Names names{.gene = met, .transcript = met};
      if (role == GffRole::gene) names = {.gene = name_of(index), .transcript = met.empty() ? name_of(index) : met};
      if (role == GffRole::transcript) names.gene = gene_of(index);
      if (known_names.insert(names).second) all.push_back(names);
    }
    if (!all.empty()) return all;
    throw ColumnError(attribute_column, "its Parents go round in a circle; give one of them no Parent");
  }

  std::unordered_map<std::string, FeatureIndex> indices_;
  std::vector<Feature> features_;
  std::unordered_map<FeatureIndex, std::string> names_;
  std::unordered_map<FeatureIndex, std::string> genes_of_transcripts_;
  std::unordered_map<std::string, FeatureIndex> owners_;  // of names
};

}  // namespace

std::unique_ptr<GffConversion> gff3_to_gtf() { return std::make_unique<Gff3ToGtf>(); }

}  // namespace anneal::io
