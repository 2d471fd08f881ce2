"""Random cases of each operation, and what NumPy says to them."""

import numpy as np

import arrangements
import reference as ref
from case import Case, Expected, along, mixed_views
from reference import DTYPES, FLOATS, INTEGERS, wide
from views import broadcasting, long_or_random_shape, random_shape

FLOAT_FUNCTIONS = {
    "square_root": np.sqrt, "reciprocal_square_root": lambda x: 1 / np.sqrt(x), "exponential": np.exp,
    "logarithm": np.log, "log1p": np.log1p, "expm1": np.expm1, "sine": np.sin, "cosine": np.cos, "tangent": np.tan,
    "hyperbolic_tangent": np.tanh, "error_function": ref.erf, "sigmoid": ref.sigmoid, "gelu": ref.gelu,
    "silu": ref.silu}
SAME_TYPE = {"negative": np.negative, "absolute": np.absolute, "sign": np.sign, "floor": np.floor, "ceil": np.ceil,
             "round": np.rint, "relu": ref.relu}
ROUNDING = ("floor", "ceil", "round")
ARITHMETIC = {"add": np.add, "subtract": np.subtract, "multiply": np.multiply, "divide": np.divide,
              "power": np.power, "modulo": ref.modulo, "minimum": np.minimum, "maximum": np.maximum}
COMPARISONS = {"equal": np.equal, "not_equal": np.not_equal, "less": np.less, "less_equal": np.less_equal,
               "greater": np.greater, "greater_equal": np.greater_equal}
REDUCTIONS = ("sum", "prod", "mean", "var", "min", "max", "any", "all")
WIDE = ref.WIDE


def unary(name):
    def make(rng, pools):
        dtype = rng.choice(DTYPES if name in FLOAT_FUNCTIONS else INTEGERS + FLOATS)
        array, view = pools.view(rng, dtype, long_or_random_shape(rng))
        if name in FLOAT_FUNCTIONS:
            result = ref.float_of(dtype)
            x = ref.cast(array, dtype, result)
            # erfc's argument is rounded, by the reference too: that is multiplied by up to the square.
            factor = 1 + np.where(np.isfinite(x), x * x, 0) if name == "gelu" and result == "f64" else 1
            return Case([view], {}, [Expected(result, np.asarray(FLOAT_FUNCTIONS[name](x)), None, factor)])
        values = wide(array, dtype)
        if dtype in FLOATS or name not in ROUNDING:
            values = np.asarray(SAME_TYPE[name](values))
        return Case([view], {}, [Expected(dtype, values)])
    return make


def two_operands(rng, pools, dtypes, kinds=("any", "any")):
    shape = long_or_random_shape(rng)
    (a, b), common, views = mixed_views(rng, pools, dtypes, [broadcasting(rng, shape) for _ in range(2)], kinds)
    return a, b, common, views


def arithmetic(name):
    def make(rng, pools):
        dtypes = INTEGERS + FLOATS if name in ("subtract", "power", "modulo") else DTYPES
        kinds = {"power": ("small", "positive"), "modulo": ("small", "small")}.get(name, ("any", "any"))
        a, b, common, views = two_operands(rng, pools, dtypes, kinds)
        if name == "divide" and common not in FLOATS:
            quotients = a.astype(np.float64).astype(WIDE) / b.astype(np.float64).astype(WIDE)
            return Case(views, {}, [Expected("f64", np.asarray(quotients))])
        return Case(views, {}, [Expected(common, np.asarray(ARITHMETIC[name](a, b)))])
    return make


def comparison(name):
    def make(rng, pools):
        a, b, common, views = two_operands(rng, pools, DTYPES, (rng.choice(["any", "small"]),) * 2)
        return Case(views, {}, [Expected("bool", np.asarray(COMPARISONS[name](a, b)))], common)
    return make


def where(rng, pools):
    a, b, common, views = two_operands(rng, pools, DTYPES)
    condition, view = pools.view(rng, "bool", broadcasting(rng, np.broadcast_shapes(a.shape, b.shape)))
    return Case([view, *views], {}, [Expected(common, np.asarray(np.where(condition, a, b)))])


def clip(rng, pools):
    shape = long_or_random_shape(rng)
    shapes = [broadcasting(rng, shape) for _ in range(3)]
    kinds = ("any", "small", "positive")
    (a, lowest, highest), common, views = mixed_views(rng, pools, INTEGERS + FLOATS, shapes, kinds)
    return Case(views, {}, [Expected(common, np.minimum(np.maximum(a, lowest), highest))])


def cast(rng, pools):
    source, target = rng.choice(DTYPES), rng.choice(DTYPES)
    array, view = pools.view(rng, source, long_or_random_shape(rng), rng.choice(["any", "large"]))
    return Case([view], {"dtype": target}, [Expected(target, np.asarray(ref.cast(array, source, target)))])


def doublings(count):
    return 1 + int(np.ceil(np.log2(max(count, 1))))


def reduction(name):
    def make(rng, pools):
        dtype = rng.choice(DTYPES)
        shape = long_or_random_shape(rng) if name != "prod" else random_shape(rng, 4, 3)
        if name in ("min", "max"):
            shape = [max(1, size) for size in shape]
        kind = "small" if name in ("prod", "var", "any", "all") and rng.random() < 0.7 else "any"
        array, view = pools.view(rng, dtype, shape, kind)
        axes = tuple(sorted(rng.sample(range(len(shape)), rng.randint(0, len(shape)))))
        given = [axis - len(shape) if rng.random() < 0.3 else axis for axis in axes]
        keep = rng.random() < 0.5
        over = axes or None
        a = wide(array, dtype)
        count = int(np.prod([shape[axis] for axis in (axes or range(len(shape)))]))
        size, factor = None, 1
        if name in ("any", "all"):
            result, values = "bool", getattr(np, name)(a != 0, axis=over, keepdims=keep)
        elif name in ("sum", "prod"):
            result = ref.summed(dtype)
            a = a if dtype in FLOATS else a.astype(np.int64)
            values = getattr(np, name)(a, axis=over, keepdims=keep)
            if name == "sum" and dtype in FLOATS:
                size, factor = np.sum(np.abs(a), axis=over, keepdims=keep), doublings(count)
            factor = max(factor, count) if name == "prod" else factor
        elif name in ("mean", "var"):
            result, a = dtype if dtype in FLOATS else "f64", a.astype(WIDE)
            values = getattr(np, name)(a, axis=over, keepdims=keep)
            power = np.abs(a) if name == "mean" else a * a
            size, factor = np.mean(power, axis=over, keepdims=keep), doublings(count)
        else:
            result, values = dtype, getattr(np, name)(a, axis=over, keepdims=keep)
        return Case([view], {"axes": given, "keep_axes": keep}, [Expected(result, np.asarray(values), size, factor)])
    return make


def find(name):
    def make(rng, pools):
        a, _, view, axis, given = along(rng, pools, DTYPES, 1, kind=rng.choice(["any", "small"]))
        keep = rng.random() < 0.5
        if a.size == 0 or rng.random() < 0.7:
            values = getattr(np, name)(a, axis=axis, keepdims=keep)
        else:
            given, values = None, getattr(np, name)(a, keepdims=keep)
        return Case([view], {"axis": given, "keep_axes": keep}, [Expected("i64", np.asarray(values))])
    return make


def softmax(rng, pools):
    a, dtype, view, axis, given = along(rng, pools, FLOATS, 1, kind=rng.choice(["any", "small"]))
    # An error in a - max, in proportion to its size, is one of the power in proportion to the power's.
    distance = np.abs(a - np.max(a, axis=axis, keepdims=True)) if a.size > 0 else np.abs(a)
    factor = 2 + np.where(np.isfinite(distance), distance, 0)
    return Case([view], {"axis": given}, [Expected(dtype, ref.softmax(a, axis), None, factor)])


def cumulative_sum(rng, pools):
    a, dtype, view, axis, given = along(rng, pools, DTYPES)
    if dtype not in FLOATS:
        return Case([view], {"axis": given}, [Expected("i64", np.cumsum(a.astype(np.int64), axis=axis))])
    # In f64, whose own errors are all that f64 has; or where that is lacking, in pairs of f32.
    size = np.cumsum(np.abs(a), axis=axis) if dtype == "f64" or "f64" in ref.WITHOUT else None
    factor = max(1, a.shape[axis]) if dtype == "f64" else 1
    return Case([view], {"axis": given}, [Expected(dtype, np.cumsum(a, axis=axis), size, factor)])


def product_of(rng, pools, dtypes, a_shape, b_shape, function):
    kind = "any" if rng.random() < 0.3 else "small"
    (a, b), dtype, views = mixed_views(rng, pools, dtypes, (a_shape, b_shape), (kind, kind))
    values = np.asarray(function(a, b))
    size = np.asarray(function(np.abs(a), np.abs(b))) if dtype in FLOATS else None
    return values, size, dtype, views


def matmul(rng, pools):
    n, k, m = (rng.randint(0 if rng.random() < 0.1 else 1, 7) for _ in range(3))
    batch = random_shape(rng, 2, 3)
    a_shape = [k] if rng.random() < 0.15 else broadcasting(rng, batch) + [n, k]
    b_shape = [k] if rng.random() < 0.15 else broadcasting(rng, batch) + [k, m]
    values, size, dtype, views = product_of(rng, pools, DTYPES, a_shape, b_shape, np.matmul)
    activation = "none"
    if dtype in FLOATS and values.ndim > 0 and rng.random() < 0.4:
        bias, view = pools.view(rng, dtype, [values.shape[-1]], "small")
        values, size = values + wide(bias, dtype), size + np.abs(wide(bias, dtype))
        views.append(view)
    if dtype in FLOATS and rng.random() < 0.4:
        activation = rng.choice(list(ref.ACTIVATIONS))
        values = ref.ACTIVATIONS[activation](values)
    return Case(views, {"activation": activation}, [Expected(dtype, values, size, max(k, 2))])


def dot(rng, pools):
    k = rng.randint(1, 6)
    a_shape = random_shape(rng, 2, 4) + [k]
    b_shape = [k] if rng.random() < 0.4 else random_shape(rng, 2, 3) + [k, rng.randint(1, 4)]
    values, size, dtype, views = product_of(rng, pools, DTYPES, a_shape, b_shape, np.dot)
    return Case(views, {}, [Expected(dtype, values, size, max(k, 2))])


def conv1d(rng, pools):
    channels = rng.randint(1, 4)
    steps = {"stride": rng.randint(1, 3), "padding": rng.randint(0, 4), "dilation": rng.randint(1, 3)}
    shapes = [rng.randint(0, 3), channels, rng.randint(0, 20)], [rng.randint(0, 4), channels, rng.randint(1, 5)]
    function = lambda a, b: ref.conv1d(a, b, **steps)
    values, size, dtype, views = product_of(rng, pools, INTEGERS + FLOATS, *shapes, function)
    return Case(views, steps, [Expected(dtype, values, size, max(2, channels * shapes[1][2]))])


def can_be_run(case):
    """Whether the backend has all dtypes that there are in it."""
    dtypes = {view["dtype"] for view in case.operands} | {expected.dtype for expected in case.expected} | {case.common}
    return not dtypes & set(ref.WITHOUT)


def some(name, rng, pools, count):
    """Cases that can be run."""
    made = []
    while len(made) < count:
        case = MAKERS[name](rng, pools)
        if can_be_run(case):
            made.append(case)
    return made


MAKERS = {
    **{name: unary(name) for name in (*FLOAT_FUNCTIONS, *SAME_TYPE)},
    **{name: arithmetic(name) for name in ARITHMETIC},
    **{name: comparison(name) for name in COMPARISONS},
    **{name: reduction(name) for name in REDUCTIONS},
    **{name: find(name) for name in ("argmin", "argmax")},
    "where": where, "clip": clip, "cast": cast, "softmax": softmax, "cumulative_sum": cumulative_sum,
    "matmul": matmul, "dot": dot, "conv1d": conv1d, **arrangements.MAKERS,
}
