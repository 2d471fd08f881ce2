// What a build without minimap2's library says.
#include "anneal/error.h"
#include "anneal/map.h"

namespace anneal {
namespace {

[[noreturn]] void refuse() {
  throw Error(ErrorCode::unavailable,
              "this build of anneal cannot map reads: minimap2's library was not found; install libminimap2-dev and "
              "build again with -D ANNEAL_MAP=ON");
}

}  // namespace

struct MapIndex::Impl {};
struct Mapper::Impl {};

MapScoring scoring_of(MapPreset) { refuse(); }

MapIndex MapIndex::build(const std::string&, MapPreset, const RunControl&) { refuse(); }
MapIndex MapIndex::load(const std::string&, MapPreset) { refuse(); }
bool MapIndex::is_saved_index(const std::string&) { return false; }
void MapIndex::save(const std::string&) const { refuse(); }
MapPreset MapIndex::preset() const { refuse(); }
int MapIndex::target_count() const { refuse(); }
std::string_view MapIndex::target_name(int) const { refuse(); }
std::int64_t MapIndex::target_length(int) const { refuse(); }
std::string MapIndex::letters(int, std::int64_t, std::int64_t) const { refuse(); }

// NOLINTNEXTLINE(performance-unnecessary-value-param): as it is where there is a library
Mapper::Mapper(MapIndex, const AlignerSettings&) { refuse(); }
Mapper::~Mapper() = default;
Mapper::Mapper(Mapper&&) noexcept = default;
Mapper& Mapper::operator=(Mapper&&) noexcept = default;
void Mapper::map(std::span<const io::SequenceRecord>, std::vector<MappedRead>&, const RunControl&) const { refuse(); }
void Mapper::map_pairs(std::span<const io::SequenceRecord>, const InsertSizes&, std::vector<MappedRead>&,
                       const RunControl&) const {
  refuse();
}
const MapIndex& Mapper::index() const { refuse(); }
const std::string& Mapper::engine() const { refuse(); }
std::string Mapper::warning() const { refuse(); }

}  // namespace anneal
