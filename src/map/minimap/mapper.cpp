#include "anneal/error.h"
#include "map/minimap/batch.h"
#include "map/minimap/limits.h"

namespace anneal {

struct Mapper::Impl {
  Impl(MapIndex genome, const AlignerSettings& settings)
      : index(std::move(genome)), plan_limits(map::plan_limits(index.impl().parameters)),
        align_limits(map::align_limits(index.preset(), index.impl().parameters)), aligners(align_limits, settings) {}

  map::MapBatch batch() const { return {index.impl(), plan_limits, align_limits, aligners}; }

  MapIndex index;
  map::PlanLimits plan_limits;
  map::AlignLimits align_limits;
  map::Aligners aligners;
};

Mapper::Mapper(MapIndex index, const AlignerSettings& settings)
    : impl_(std::make_unique<Impl>(std::move(index), settings)) {}
Mapper::~Mapper() = default;
Mapper::Mapper(Mapper&&) noexcept = default;
Mapper& Mapper::operator=(Mapper&&) noexcept = default;

void Mapper::map(std::span<const io::SequenceRecord> reads, std::vector<MappedRead>& mapped,
                 const RunControl& control) const {
  impl_->batch().map(reads, mapped, control);
}

void Mapper::map_pairs(std::span<const io::SequenceRecord> reads, const InsertSizes& insert_sizes,
                       std::vector<MappedRead>& mapped, const RunControl& control) const {
  if (index().preset() != MapPreset::sr || reads.size() % 2 != 0) {
    throw Error(ErrorCode::invalid_argument,
                "pairs are mapped by preset sr, and two reads make one; map long reads one by one");
  }
  validate(insert_sizes);
  impl_->batch().map_pairs(reads, insert_sizes, mapped, control);
}

const MapIndex& Mapper::index() const { return impl_->index; }

const std::string& Mapper::engine() const { return impl_->aligners.right.engine(); }

std::string Mapper::warning() const { return impl_->aligners.warning.text(); }

}  // namespace anneal
