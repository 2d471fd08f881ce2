#include "cli/search_output.h"

#include <cstdlib>
#include <string_view>
#include <vector>

#include "base/version.h"
#include "io/sam_names.h"

namespace anneal::cli {

SearchOutput::SearchOutput(const SearchArguments& arguments, const SearchOptions& options, std::size_t memory)
    : arguments_(arguments), options_(options), format_(io::find_hit_format(arguments.format)),
      output_(arguments.output_path), waiting_(memory) {}

void SearchOutput::check_names(const io::RecordBatch& queries) const {
  if (!is_sam()) return;
  for (const io::Record& query : queries.records()) io::check_query_name(query.name);
}

void SearchOutput::begin(std::uint64_t targets, std::uint64_t letters) {
  if (writer_ != nullptr) return;
  // A run with a checkpoint may go on with another output.
  const bool color = is_terminal() && arguments_.checkpoint.empty() && std::getenv("NO_COLOR") == nullptr;
  writer_ = format_.make({.matrix = options_.matrix,
                          .fields = arguments_.fields,
                          .eqx = arguments_.eqx,
                          .color = color,
                          .version = std::string(base::build_info().version),
                          .command_line = arguments_.pg_command,
                          .database = arguments_.database_path,
                          .database_sequences = targets,
                          .database_letters = letters,
                          .parameters = parameters()});
  if (format_.needs_references) return;
  std::string text;
  writer_->append_header(text, {});
  output_.write(text);
}

std::vector<io::HitParameter> SearchOutput::parameters() const {
  constexpr std::string_view strands[] = {"forward", "reverse", "both"};
  return {{"matrix", options_.matrix.name()},
          {"gap_open", std::int64_t{options_.gap_open}},
          {"gap_extend", std::int64_t{options_.gap_extend}},
          {"strand", std::string(strands[static_cast<std::size_t>(options_.strand)])},
          {"top", static_cast<std::int64_t>(options_.top)},
          {"evalue", arguments_.max_evalue},
          {"min_score", std::int64_t{options_.min_score}}};
}

void SearchOutput::write(BlockOutput block) {
  if (!format_.needs_references) {
    output_.write(block.text);
    return;
  }
  references_.merge(block.references);
  waiting_.append(block.text);
}

void SearchOutput::finish(std::uint64_t queries) {
  std::string text;
  if (format_.needs_references) {
    std::vector<io::Reference> references;
    references.reserve(references_.size());
    for (const auto& [target, reference] : references_) {
      references.push_back({reference.first, static_cast<std::int64_t>(reference.second)});
    }
    writer_->append_header(text, references);
    output_.write(text);
    waiting_.write_to(output_);
    text.clear();
  }
  writer_->append_footer(text, queries);
  output_.write(text);
  output_.commit();
}

}  // namespace anneal::cli
