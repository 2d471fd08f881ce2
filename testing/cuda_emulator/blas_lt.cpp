#include "blas_lt.h"

#include <cstring>
#include <functional>
#include <vector>

#include "array/cuda/blas_lt_api.h"
#include "array/half.h"
#include "function_table.h"

namespace cuda_emulator {
namespace {

using namespace anneal::array::cuda::blas_lt;
using anneal::test::FakeCuda;

constexpr Status invalid_value = 7;
constexpr std::uint64_t only_algorithm = 20;

FakeCuda* in_use = nullptr;

struct OperationState {
  ComputeType compute;
  DataType scale;
  Transposition a = not_transposed, b = not_transposed;
  Epilogue epilogue = nothing;
  const void* bias = nullptr;
};
struct LayoutState {
  DataType type;
  std::int64_t rows, columns, leading;
  std::int32_t batch = 1;
  std::int64_t stride = 0;
};
struct PreferenceState {
  std::uint64_t workspace = 0;
  std::uint32_t reductions = 7;
  std::uint32_t alignments[4] = {256, 256, 256, 256};
};

OperationState& operation_of(void* handle) { return *static_cast<OperationState*>(handle); }
LayoutState& layout_of(void* handle) { return *static_cast<LayoutState*>(handle); }
PreferenceState& preference_of(void* handle) { return *static_cast<PreferenceState*>(handle); }

template <class T>
Status read(T& to, const void* value, std::size_t bytes) {
  if (bytes != sizeof to) return invalid_value;
  std::memcpy(static_cast<void*>(&to), value, bytes);
  return success;
}

template <class State>
Status destroy(void* handle) {
  delete static_cast<State*>(handle);
  return success;
}

Status set_operation(Operation handle, OperationAttribute attribute, const void* value, std::size_t bytes) {
  OperationState& state = operation_of(handle);
  switch (attribute) {
    case OperationAttribute::transpose_a:
      return read(state.a, value, bytes);
    case OperationAttribute::transpose_b:
      return read(state.b, value, bytes);
    case OperationAttribute::epilogue:
      return read(state.epilogue, value, bytes);
    case OperationAttribute::bias_pointer:
      return read(state.bias, value, bytes);
  }
  return invalid_value;
}

Status set_layout(Layout handle, LayoutAttribute attribute, const void* value, std::size_t bytes) {
  LayoutState& state = layout_of(handle);
  return attribute == LayoutAttribute::batch_count ? read(state.batch, value, bytes) : read(state.stride, value, bytes);
}

Status set_preference(Preference handle, PreferenceAttribute attribute, const void* value, std::size_t bytes) {
  PreferenceState& state = preference_of(handle);
  switch (attribute) {
    case PreferenceAttribute::workspace_bytes:
      return read(state.workspace, value, bytes);
    case PreferenceAttribute::reduction_schemes:
      return read(state.reductions, value, bytes);
    default:
      return read(state.alignments[static_cast<int>(attribute) - static_cast<int>(PreferenceAttribute::alignment_a)],
                  value, bytes);
  }
}

// op(A) is rows x inner, op(B) inner x columns, C rows x columns.
Status check(const OperationState& operation, const LayoutState& a, const LayoutState& b, const LayoutState& c) {
  const auto rows = [](const LayoutState& layout, bool turned) { return turned ? layout.columns : layout.rows; };
  const auto columns = [](const LayoutState& layout, bool turned) { return turned ? layout.rows : layout.columns; };
  const bool a_turned = operation.a == transposed;
  const bool b_turned = operation.b == transposed;
  if (rows(a, a_turned) != c.rows || columns(b, b_turned) != c.columns) return invalid_value;
  if (columns(a, a_turned) != rows(b, b_turned)) return invalid_value;
  for (const LayoutState* layout : {&a, &b, &c}) {
    if (layout->leading < layout->rows || layout->batch != c.batch) return invalid_value;
  }
  const bool is_widened = c.type == r32f && (a.type == r16f || a.type == r16bf);
  if (a.type != b.type || (a.type != c.type && !is_widened)) return invalid_value;
  const bool is_f64 = c.type == r64f;
  if ((operation.compute == compute_64f) != is_f64 || (operation.scale == r64f) != is_f64) return invalid_value;
  return success;
}

Status heuristic(Handle, Operation operation, Layout a, Layout b, Layout c, Layout d, Preference preference, int wanted,
                 Heuristic* results, int* found) {
  *found = 0;
  if (wanted < 1 || c != d) return invalid_value;
  if (const Status status = check(operation_of(operation), layout_of(a), layout_of(b), layout_of(c)); status != success)
    return status;
  // So that what comes then is tested; which types really have it only GPUs tell.
  if (layout_of(c).type == r64f && operation_of(operation).epilogue != nothing) return not_supported;
  const PreferenceState& preferred = preference_of(preference);
  if (preferred.reductions != reduce_in_compute_type) return invalid_value;
  results[0] = {};
  results[0].algorithm.data[0] = only_algorithm;
  for (int k = 0; k < 4; ++k) results[0].algorithm.data[1 + k] = preferred.alignments[k];
  results[0].workspace_bytes = preferred.workspace;
  *found = 1;
  return success;
}

double element(const LayoutState& layout, const void* data, std::int64_t index) {
  switch (layout.type) {
    case r64f:
      return static_cast<const double*>(data)[index];
    case r32f:
      return static_cast<const float*>(data)[index];
    case r16f:
      return anneal::array::to_float(static_cast<const anneal::array::F16*>(data)[index]);
    case r16bf:
      return anneal::array::to_float(static_cast<const anneal::array::BF16*>(data)[index]);
  }
  return 0;
}

void set_element(const LayoutState& layout, void* data, std::int64_t index, double value) {
  const auto rounded = static_cast<float>(value);
  if (layout.type == r64f) static_cast<double*>(data)[index] = value;
  if (layout.type == r32f) static_cast<float*>(data)[index] = rounded;
  if (layout.type == r16f) static_cast<anneal::array::F16*>(data)[index] = anneal::array::to_f16(rounded);
  if (layout.type == r16bf) static_cast<anneal::array::BF16*>(data)[index] = anneal::array::to_bf16(rounded);
}

struct Work {
  OperationState operation;
  LayoutState a, b, c;
  const void *a_data, *b_data;
  void* c_data;

  void run() const {
    for (std::int64_t batch = 0; batch < c.batch; ++batch) {
      for (std::int64_t column = 0; column < c.columns; ++column) {
        for (std::int64_t row = 0; row < c.rows; ++row) fill(batch, row, column);
      }
    }
  }

 private:
  void fill(std::int64_t batch, std::int64_t row, std::int64_t column) const {
    const bool a_turned = operation.a == transposed;
    const bool b_turned = operation.b == transposed;
    const std::int64_t inner = a_turned ? a.rows : a.columns;
    double sum = 0;
    for (std::int64_t k = 0; k < inner; ++k) {
      const std::int64_t in_a = a_turned ? k + row * a.leading : row + k * a.leading;
      const std::int64_t in_b = b_turned ? column + k * b.leading : k + column * b.leading;
      sum += element(a, a_data, batch * a.stride + in_a) * element(b, b_data, batch * b.stride + in_b);
      if (operation.compute == compute_32f) sum = static_cast<float>(sum);
    }
    const std::int64_t in_c = batch * c.stride + row + column * c.leading;
    set_element(c, c_data, in_c, sum);
    // NVIDIA's may round before that, too.
    if (operation.epilogue == bias) {
      set_element(c, c_data, in_c, element(c, c_data, in_c) + element(c, operation.bias, row));
    }
  }
};

bool is_aligned(const void* address, std::uint64_t alignment) {
  return reinterpret_cast<std::uintptr_t>(address) % alignment == 0;
}

Status multiply(Handle, Operation operation, const void* alpha, const void* a, Layout a_layout, const void* b,
                Layout b_layout, const void* beta, const void* c, Layout c_layout, void* d, Layout d_layout,
                const Algorithm* algorithm, void* workspace, std::size_t, void* stream) {
  const Work work{operation_of(operation), layout_of(a_layout), layout_of(b_layout), layout_of(c_layout), a, b, d};
  const bool is_f64 = work.operation.scale == r64f;
  const double factor = is_f64 ? *static_cast<const double*>(alpha) : *static_cast<const float*>(alpha);
  const double added = is_f64 ? *static_cast<const double*>(beta) : *static_cast<const float*>(beta);
  if (factor != 1 || added != 0 || c != d || c_layout != d_layout || workspace == nullptr) return invalid_value;
  if (algorithm->data[0] != only_algorithm || !is_aligned(a, algorithm->data[1]) ||
      !is_aligned(b, algorithm->data[2]) || !is_aligned(d, algorithm->data[4])) {
    return invalid_value;
  }
  auto* const task = new Work(work);
  return in_use->call_host(
      stream,
      [](void* data) {
        const std::unique_ptr<Work> own(static_cast<Work*>(data));
        own->run();
      },
      task);
}

}  // namespace

std::shared_ptr<const anneal::device::cuda::VendorLibrary> make_blas_lt(FakeCuda& cuda) {
  in_use = &cuda;
  auto library = std::make_shared<FunctionTable>("the stand-in for cuBLASLt");
  library->add("cublasLtGetVersion", +[]() -> std::size_t { return 1; });
  library->add("cublasLtGetStatusString", +[](Status) -> const char* { return "a status of the stand-in's"; });
  library->add(
      "cublasLtCreate", +[](Handle* handle) -> Status {
        *handle = in_use;
        return success;
      });
  library->add("cublasLtDestroy", +[](Handle) -> Status { return success; });
  library->add(
      "cublasLtMatmulDescCreate", +[](Operation* operation, ComputeType compute, DataType scale) -> Status {
        *operation = new OperationState{compute, scale};
        return success;
      });
  library->add("cublasLtMatmulDescDestroy", destroy<OperationState>);
  library->add("cublasLtMatmulDescSetAttribute", set_operation);
  library->add(
      "cublasLtMatrixLayoutCreate",
      +[](Layout* layout, DataType type, std::uint64_t rows, std::uint64_t columns, std::int64_t leading) -> Status {
        *layout = new LayoutState{type, static_cast<std::int64_t>(rows), static_cast<std::int64_t>(columns), leading};
        return success;
      });
  library->add("cublasLtMatrixLayoutDestroy", destroy<LayoutState>);
  library->add("cublasLtMatrixLayoutSetAttribute", set_layout);
  library->add(
      "cublasLtMatmulPreferenceCreate", +[](Preference* preference) -> Status {
        *preference = new PreferenceState;
        return success;
      });
  library->add("cublasLtMatmulPreferenceDestroy", destroy<PreferenceState>);
  library->add("cublasLtMatmulPreferenceSetAttribute", set_preference);
  library->add("cublasLtMatmulAlgoGetHeuristic", heuristic);
  library->add("cublasLtMatmul", multiply);
  return library;
}

}  // namespace cuda_emulator
