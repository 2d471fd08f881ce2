"""What operations on arrays give, by NumPy: floats in longdouble, integers in their own type."""

import math
import os

import numpy as np

WIDE = np.longdouble
# bf16 is kept as its bits, in uint16.
NUMPY_TYPES = {"bool": np.bool_, "u8": np.uint8, "i8": np.int8, "i32": np.int32, "i64": np.int64, "f16": np.float16,
               "bf16": np.uint16, "f32": np.float32, "f64": np.float64}
FLOATS = ("f16", "bf16", "f32", "f64")
INTEGERS = ("u8", "i8", "i32", "i64")
DTYPES = ("bool",) + INTEGERS + FLOATS
# What the backend has not.
WITHOUT = [name for name in os.environ.get("ARRAY_WITHOUT", "").split(",") if name]


def name_of(numpy_type):
    kind = np.dtype(numpy_type)
    if kind == np.int16:  # which there is not
        return "i32"
    return next(name for name, other in NUMPY_TYPES.items() if name != "bf16" and np.dtype(other) == kind)


def promoted(a, b):
    if a == b:
        return a
    if "bf16" in (a, b):
        other = b if a == "bf16" else a
        if other in ("bool", "u8", "i8"):
            return "bf16"
        return "f32" if other in ("f16", "f32") else "f64"
    return name_of(np.promote_types(NUMPY_TYPES[a], NUMPY_TYPES[b]))


def float_of(dtype):
    """What sqrt and its like give."""
    if dtype in FLOATS:
        return dtype
    return "f16" if dtype in ("bool", "u8", "i8") else "f64"


def summed(dtype):
    return dtype if dtype in FLOATS else "i64"


def wide(values, dtype):
    """Exactly what the elements are, to compute with."""
    if dtype == "bf16":
        return np.asarray(np.left_shift(values.astype(np.uint32), np.uint32(16))).view(np.float32).astype(WIDE)
    return values.astype(WIDE) if dtype in FLOATS else values


def cast(values, source, target):
    """Elements as another type, to compute with. NumPy rounds to nearest; to bf16 this does. Floats that an integer
    cannot hold, for which NumPy has no rule, saturate."""
    values = wide(values, source)
    if source in FLOATS and target in INTEGERS:
        return saturated(values, NUMPY_TYPES[target])
    if target == "bf16":
        return wide(bf16_bits(values), "bf16")
    converted = values.astype(NUMPY_TYPES[target])
    return wide(converted, target)


def saturated(values, integer):
    limits = np.iinfo(integer)
    inside = np.where(np.isnan(values) | (np.abs(values) >= 2.0**63), 0, values).astype(np.int64)
    result = np.clip(inside, limits.min, limits.max).astype(integer)
    result = np.where(values >= 2.0**63, integer(limits.max), result)
    return np.where(values <= -2.0**63, integer(limits.min), result)


def bf16_bits(values):
    """Rounded once: to 8 digits, or to a multiple of the smallest."""
    values = np.asarray(values).astype(WIDE)
    places = np.maximum(np.frexp(values)[1] - 8, -133)
    rounded = np.ldexp(np.rint(np.ldexp(values, -places)), places).astype(np.float32)
    bits = np.ascontiguousarray(rounded).view(np.uint32).reshape(values.shape)
    return np.where(np.isnan(values), np.uint16(0x7FC0), (bits >> 16).astype(np.uint16))


erf = np.vectorize(lambda x: WIDE(math.erf(float(x))), otypes=[WIDE])


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def limit_of_0(values, x):
    """At -infinity, where the formula has infinity times 0."""
    return np.where(x == -np.inf, 0 * values.dtype.type(0), values)


def gelu(x):
    # 1 + erf loses digits where it is near 0.
    return limit_of_0(x * (np.vectorize(lambda v: WIDE(math.erfc(-float(v) / math.sqrt(2))), otypes=[WIDE])(x)) / 2, x)


def silu(x):
    return limit_of_0(x * sigmoid(x), x)


def relu(x):
    return np.maximum(x, x.dtype.type(0))


def modulo(a, b):
    if a.dtype != WIDE:
        with np.errstate(all="ignore"):
            return np.where(b == 0, np.zeros_like(a), np.mod(a, np.where(b == 0, np.ones_like(b), b)))
    return np.mod(a, b)


def softmax(x, axis):
    if x.shape[axis] == 0:
        return x
    powers = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return powers / np.sum(powers, axis=axis, keepdims=True)


ACTIVATIONS = {"none": lambda x: x, "relu": relu, "gelu": gelu, "sigmoid": sigmoid, "silu": silu}


def conv1d(a, kernels, stride, padding, dilation):
    a = np.pad(a, ((0, 0), (0, 0), (padding, padding)))
    width = kernels.shape[2]
    positions = max(0, (a.shape[2] - dilation * (width - 1) - 1) // stride + 1)
    result = np.zeros((a.shape[0], kernels.shape[0], positions), a.dtype)
    for w in range(width):
        seen = a[:, :, w * dilation:w * dilation + stride * positions:stride][:, :, :positions]
        result += np.einsum("bcp,oc->bop", seen, kernels[:, :, w]).astype(a.dtype)
    return result


def order(a, axis):
    """As argsort: stable, NaN last."""
    return np.argsort(a, axis=axis, kind="stable")


def top(a, count, axis):
    """Places of the largest, NaN first, equals by place."""
    reverse = np.flip(a, axis)
    places = a.shape[axis] - 1 - np.flip(order(reverse, axis), axis)
    return np.take(places, np.arange(count), axis=axis)
