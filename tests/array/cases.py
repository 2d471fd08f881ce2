"""Random cases of each operation, and what NumPy says to them."""

import collections

import numpy as np

import reference as ref
from reference import DTYPES, FLOATS, INTEGERS, promoted, wide
from views import broadcasting, random_shape

# `size`: of the terms that a result adds up, where it is not the result's own. `factor`: how often errors add up.
Expected = collections.namedtuple("Expected", "dtype values size factor", defaults=(None, 1))
Case = collections.namedtuple("Case", "operands arguments expected")

FLOAT_FUNCTIONS = {
    "square_root": np.sqrt, "reciprocal_square_root": lambda x: 1 / np.sqrt(x), "exponential": np.exp,
    "logarithm": np.log, "log1p": np.log1p, "sine": np.sin, "cosine": np.cos, "tangent": np.tan,
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
        array, view = pools.view(rng, dtype, random_shape(rng))
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
    shape = random_shape(rng)
    a_type = rng.choice(dtypes)
    b_type = a_type if rng.random() < 0.6 else rng.choice(dtypes)
    a, a_view = pools.view(rng, a_type, broadcasting(rng, shape), kinds[0])
    b, b_view = pools.view(rng, b_type, broadcasting(rng, shape), kinds[1])
    common = promoted(a_type, b_type)
    return ref.cast(a, a_type, common), ref.cast(b, b_type, common), common, [a_view, b_view]


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
        a, b, _, views = two_operands(rng, pools, DTYPES, (rng.choice(["any", "small"]),) * 2)
        return Case(views, {}, [Expected("bool", np.asarray(COMPARISONS[name](a, b)))])
    return make


def where(rng, pools):
    a, b, common, views = two_operands(rng, pools, DTYPES)
    condition, view = pools.view(rng, "bool", broadcasting(rng, np.broadcast_shapes(a.shape, b.shape)))
    return Case([view, *views], {}, [Expected(common, np.asarray(np.where(condition, a, b)))])


def clip(rng, pools):
    shape, dtype = random_shape(rng), rng.choice(INTEGERS + FLOATS)
    made = [pools.view(rng, dtype, broadcasting(rng, shape), kind) for kind in ("any", "small", "positive")]
    a, lowest, highest = (wide(array, dtype) for array, _ in made)
    return Case([view for _, view in made], {}, [Expected(dtype, np.minimum(np.maximum(a, lowest), highest))])


def cast(rng, pools):
    source, target = rng.choice(DTYPES), rng.choice(DTYPES)
    array, view = pools.view(rng, source, random_shape(rng), rng.choice(["any", "large"]))
    return Case([view], {"dtype": target}, [Expected(target, np.asarray(ref.cast(array, source, target)))])


def doublings(count):
    return 1 + int(np.ceil(np.log2(max(count, 1))))


def reduction(name):
    def make(rng, pools):
        dtype = rng.choice(DTYPES)
        shape = random_shape(rng, 4, 6 if name != "prod" else 3)
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


def along(rng, pools, dtypes, least=0, most=6, kind="any"):
    """An array with an axis."""
    shape = random_shape(rng, 3, most)
    axis = rng.randint(0, len(shape))
    shape.insert(axis, rng.randint(least, most))
    dtype = rng.choice(dtypes)
    array, view = pools.view(rng, dtype, shape, kind)
    return wide(array, dtype), dtype, view, axis, axis - len(shape) if rng.random() < 0.3 else axis


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
    # In f64, whose own errors are all that f64 has.
    size = np.cumsum(np.abs(a), axis=axis) if dtype == "f64" else None
    return Case([view], {"axis": given}, [Expected(dtype, np.cumsum(a, axis=axis), size, max(1, a.shape[axis]))])


def product_of(rng, pools, dtype, a_shape, b_shape, function):
    kind = "any" if rng.random() < 0.3 else "small"
    (a, a_view), (b, b_view) = (pools.view(rng, dtype, shape, kind) for shape in (a_shape, b_shape))
    a, b = wide(a, dtype), wide(b, dtype)
    values = np.asarray(function(a, b))
    size = np.asarray(function(np.abs(a), np.abs(b))) if dtype in FLOATS else None
    return values, size, [a_view, b_view]


def matmul(rng, pools):
    dtype = rng.choice(DTYPES)
    n, k, m = (rng.randint(0 if rng.random() < 0.1 else 1, 7) for _ in range(3))
    batch = random_shape(rng, 2, 3)
    a_shape = [k] if rng.random() < 0.15 else broadcasting(rng, batch) + [n, k]
    b_shape = [k] if rng.random() < 0.15 else broadcasting(rng, batch) + [k, m]
    values, size, views = product_of(rng, pools, dtype, a_shape, b_shape, np.matmul)
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
    dtype, k = rng.choice(DTYPES), rng.randint(1, 6)
    a_shape = random_shape(rng, 2, 4) + [k]
    b_shape = [k] if rng.random() < 0.4 else random_shape(rng, 2, 3) + [k, rng.randint(1, 4)]
    values, size, views = product_of(rng, pools, dtype, a_shape, b_shape, np.dot)
    return Case(views, {}, [Expected(dtype, values, size, max(k, 2))])


def conv1d(rng, pools):
    dtype, channels = rng.choice(INTEGERS + FLOATS), rng.randint(1, 4)
    steps = {"stride": rng.randint(1, 3), "padding": rng.randint(0, 4), "dilation": rng.randint(1, 3)}
    shapes = [rng.randint(0, 3), channels, rng.randint(0, 20)], [rng.randint(0, 4), channels, rng.randint(1, 5)]
    function = lambda a, b: ref.conv1d(a, b, **steps)
    values, size, views = product_of(rng, pools, dtype, *shapes, function)
    return Case(views, steps, [Expected(dtype, values, size, max(2, channels * shapes[1][2]))])


def concatenate(rng, pools):
    a, dtype, view, axis, given = along(rng, pools, DTYPES)
    parts, views = [a], [view]
    for _ in range(rng.randint(0, 3)):
        shape = list(a.shape)
        shape[axis] = rng.randint(0, 4)
        part, view = pools.view(rng, dtype, shape)
        parts.append(wide(part, dtype))
        views.append(view)
    return Case(views, {"axis": given}, [Expected(dtype, np.concatenate(parts, axis=axis))])


def stack(rng, pools):
    shape, dtype = random_shape(rng, 3), rng.choice(DTYPES)
    made = [pools.view(rng, dtype, shape) for _ in range(rng.randint(1, 4))]
    axis = rng.randint(-len(shape) - 1, len(shape))
    values = np.stack([wide(array, dtype) for array, _ in made], axis=axis)
    return Case([view for _, view in made], {"axis": axis}, [Expected(dtype, values)])


def gather(rng, pools):
    a, dtype, view, axis, given = along(rng, pools, DTYPES, 4)
    places, places_view = pools.view(rng, rng.choice(["i32", "i64"]), random_shape(rng, 2, 4), "small")
    return Case([view, places_view], {"axis": given}, [Expected(dtype, np.take(a, places, axis=axis))])


def sort(rng, pools):
    a, dtype, view, axis, given = along(rng, pools, DTYPES, 0, 9)
    return Case([view], {"axis": given}, [Expected(dtype, np.sort(a, axis=axis, kind="stable"))])


def argsort(rng, pools):
    a, _, view, axis, given = along(rng, pools, DTYPES, 0, 9, rng.choice(["any", "small"]))
    return Case([view], {"axis": given}, [Expected("i64", ref.order(a, axis))])


def top_k(rng, pools):
    a, dtype, view, axis, given = along(rng, pools, DTYPES, 0, 9, rng.choice(["any", "small"]))
    count = rng.randint(0, a.shape[axis])
    places = ref.top(a, count, axis)
    values = np.take_along_axis(a, places, axis=axis)
    return Case([view], {"axis": given, "count": count}, [Expected(dtype, values), Expected("i64", places)])


def transpose(rng, pools):
    shape, dtype = random_shape(rng), rng.choice(DTYPES)
    array, view = pools.view(rng, dtype, shape)
    order = rng.sample(range(len(shape)), len(shape)) if rng.random() < 0.7 else []
    return Case([view], {"order": order}, [Expected(dtype, np.transpose(wide(array, dtype), order or None))])


def reshape(rng, pools):
    dtype, shape = rng.choice(DTYPES), [max(1, size) for size in random_shape(rng)]
    array, view = pools.view(rng, dtype, shape)
    new = shape[:]
    rng.shuffle(new)
    if len(new) > 1 and rng.random() < 0.5:
        new[:2] = [new[0] * new[1]]
    given = [-1 if k == 0 and rng.random() < 0.3 else size for k, size in enumerate(new)]
    return Case([view], {"shape": given}, [Expected(dtype, np.reshape(wide(array, dtype), new))])


def broadcast_to(rng, pools):
    dtype, shape = rng.choice(DTYPES), random_shape(rng)
    array, view = pools.view(rng, dtype, broadcasting(rng, shape))
    return Case([view], {"shape": shape}, [Expected(dtype, np.broadcast_to(wide(array, dtype), shape))])


def slice_of(rng, pools):
    dtype, shape = rng.choice(DTYPES), random_shape(rng)
    array, view = pools.view(rng, dtype, shape)
    place = lambda: None if rng.random() < 0.3 else rng.randint(-8, 8)
    given = [[place(), place(), rng.choice([-3, -1, 1, 1, 2])] for _ in shape[:rng.randint(0, len(shape))]]
    return Case([view], {"slices": given}, [Expected(dtype, wide(array, dtype)[tuple(slice(*s) for s in given)])])


MAKERS = {
    **{name: unary(name) for name in (*FLOAT_FUNCTIONS, *SAME_TYPE)},
    **{name: arithmetic(name) for name in ARITHMETIC},
    **{name: comparison(name) for name in COMPARISONS},
    **{name: reduction(name) for name in REDUCTIONS},
    **{name: find(name) for name in ("argmin", "argmax")},
    "where": where, "clip": clip, "cast": cast, "softmax": softmax, "cumulative_sum": cumulative_sum,
    "matmul": matmul, "dot": dot, "conv1d": conv1d, "concatenate": concatenate, "stack": stack, "gather": gather,
    "sort": sort, "argsort": argsort, "top_k": top_k, "transpose": transpose, "reshape": reshape,
    "broadcast_to": broadcast_to, "slice": slice_of,
}
