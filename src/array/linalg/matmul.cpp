#include "array/linalg/matmul.h"

#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <vector>

#include "array/copy.h"
#include "array/element_type.h"
#include "array/linalg/cut_steps.h"
#include "array/linalg/epilogue.h"
#include "array/linalg/integer_product.h"
#include "array/linalg/matrices.h"
#include "array/linalg/multiplied.h"
#include "array/linalg/product_shape.h"
#include "array/linalg/tiles.h"
#include "array/lines.h"
#include "base/separate_processors.h"

namespace anneal::array::linalg {
namespace {

std::int64_t usable_threads() {
  const auto most = tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism);
  return std::min(std::int64_t{tbb::this_task_arena::max_concurrency()}, static_cast<std::int64_t>(most));
}

// A stack of products c = a b: `S` is what c holds, T what it is computed as.
template <class S>
class Product {
 public:
  using T = Multiplied<S>;

  Product(const ProductShape& shape, const Strided& a, const Strided& b, const Epilogue<T>& epilogue, ProductsBy by,
          S* c)
      : shape_(shape), a_(as_matrices(a, computed_dtype(a.dtype), Layouts::any)),
        b_(as_matrices(b, computed_dtype(b.dtype), std::is_integral_v<T> ? Layouts::row_major : Layouts::any)),
        epilogue_(epilogue), by_(by), c_(c), tiles_(tiles()) {}

  void compute() const {
    const std::int64_t tasks = count_of(shape_.batch) * tiles_.count();
    const Tile first = tiles_[0];
    constexpr std::int64_t least_work = 1 << 18;  // of a thread, in multiplications
    const std::int64_t grain = std::max<std::int64_t>(1, least_work / (first.rows * first.columns) / shape_.inner);
    const tbb::blocked_range<std::int64_t> range(0, tasks, static_cast<std::size_t>(grain));
    if (tasks <= grain) return compute(range);
    base::SeparateProcessors processors;
    tbb::parallel_for(range, [&](const tbb::blocked_range<std::int64_t>& part) {
      processors.take_one();
      compute(part);
    });
  }

 private:
  // Whatever is decided here by the number of threads must not change a bit.
  Tiles tiles() const {
    const ProductSize size{count_of(shape_.batch), shape_.rows, shape_.columns, shape_.inner};
    const bool is_matrix = std::min(shape_.rows, shape_.columns) > 1;
    if constexpr (std::is_floating_point_v<T>) {
      if (by_ == ProductsBy::blas && is_matrix && has_rows_to_cut(size) && cut_steps<T>().rows > 0) {
        // What is done to a tile after it was computed finds it in a cache.
        const bool is_changed = is_half<S> || epilogue_.bias != nullptr || epilogue_.activation != nullptr;
        return tiles_for_threads(size, cut_steps<T>(), usable_threads(), is_changed ? 512 : shape_.rows);
      }
    }
    return tiles_by_shape(shape_.rows, shape_.columns);
  }

  static DType computed_dtype(DType dtype) { return is_half<S> ? DType::f32 : dtype; }
  static Shape batch_strides(const Matrices& matrices) {
    return {matrices.elements.strides.begin(), matrices.elements.strides.end() - 2};
  }

  void compute(const tbb::blocked_range<std::int64_t>& range) const {
    LineWalk<2> walk(shape_.batch, {batch_strides(a_), batch_strides(b_)});
    std::vector<T> scratch;
    for (std::int64_t task = range.begin(); task < range.end(); ++task) {
      const std::int64_t product = task / tiles_.count();
      walk.start_at(product);
      compute(a_.operand<T>(walk.offsets()[0]), b_.operand<T>(walk.offsets()[1]), tiles_[task % tiles_.count()],
              c_ + product * shape_.rows * shape_.columns, scratch);
    }
  }

  void compute(Operand<T> a, Operand<T> b, const Tile& tile, S* c, std::vector<T>& scratch) const {
    S* target = c + tile.row * shape_.columns + tile.column;
    if constexpr (is_half<S>) {
      scratch.resize(static_cast<std::size_t>(tile.rows * tile.columns));
      compute(a, b, tile, scratch.data(), tile.columns);
      for (std::int64_t row = 0; row < tile.rows; ++row) {
        const T* from = scratch.data() + row * tile.columns;
        for (std::int64_t k = 0; k < tile.columns; ++k) target[row * shape_.columns + k] = stored<S>(from[k]);
      }
    } else {
      compute(a, b, tile, reinterpret_cast<T*>(target), shape_.columns);
    }
  }

  void compute(Operand<T> a, Operand<T> b, const Tile& tile, T* c, std::int64_t stride) const {
    multiply(by_, tile.rows, tile.columns, shape_.inner, a.from(tile.row, 0), b.from(0, tile.column), c, stride);
    if constexpr (std::is_floating_point_v<T>) apply(epilogue_, tile, c, stride);
  }

  const ProductShape& shape_;
  Matrices a_;
  Matrices b_;
  Epilogue<T> epilogue_;
  ProductsBy by_;
  S* c_;
  Tiles tiles_;
};

template <class S>
void compute(const ProductShape& shape, const Strided& a, const Strided& b, const ProductOptions& options,
             const Dense& result) {
  using T = Multiplied<S>;
  Epilogue<T> epilogue{.bias = nullptr, .activation = options.activation};
  Dense bias;
  if (options.bias) {
    bias = dense_copy(*options.bias, is_half<S> ? DType::f32 : options.bias->dtype);
    epilogue.bias = bias.data<T>();
  }
  if (shape.inner > 0) return Product<S>(shape, a, b, epilogue, options.by, result.data<S>()).compute();
  // Sums of nothing: one product of zeros is the same.
  const Dense zeros = new_zeros(a.dtype, {1});
  ProductShape one_term = shape;
  one_term.inner = 1;
  const auto as_zeros = [&](Shape matrix) {
    return broadcast_view(zeros.view(), [&] {
      Shape all = shape.batch;
      all.insert(all.end(), matrix.begin(), matrix.end());
      return all;
    }());
  };
  Product<S>(one_term, as_zeros({shape.rows, 1}), as_zeros({1, shape.columns}), epilogue, options.by, result.data<S>())
      .compute();
}

}  // namespace

Values matmul(const Strided& a, const Strided& b, const ProductOptions& options) {
  ProductShape shape = product_shape(a.shape, b.shape);
  check_epilogue(shape, a.dtype, options.bias ? &options.bias->shape : nullptr, options.activation != nullptr);
  const bool is_plain = !options.bias && options.activation == nullptr;
  const bool has_dot = options.by == ProductsBy::blas || a.dtype < DType::f16;
  if (is_plain && has_dot && a.shape.size() == 1 && b.shape.size() == 1) return dot(a, b);
  const Dense result = new_dense(a.dtype, shape.result);
  if (count_of(shape.result) == 0) return result.values();
  Strided left = left_operand(a, shape);
  Strided right = right_operand(b, shape);
  // The bias is along the result's last axis, which are then the rows.
  if (options.bias && b.shape.size() == 1) transpose_product(shape, left, right);
  with_element_type(a.dtype, [&]<class S>(TypeTag<S>) {
    if (const auto folded = folded_product(shape, left, right)) {
      compute<S>(folded->shape, folded->a, folded->b, options, result);
    } else {
      compute<S>(shape, left, right, options, result);
    }
  });
  return result.values();
}

}  // namespace anneal::array::linalg
