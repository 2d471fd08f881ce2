"""How far results may be from exact ones: in last places (numpy.finfo.eps) of the result's type, times its size.

f16 and bf16 are computed in f32 and rounded once: half a last place and little more is allowed, and 4 of f32's. What
adds up n terms is allowed as much for each doubling of n (sum, mean, var) or for each term (products of matrices), times
the sum of the terms' sizes: cases.py says which.
"""

from cases import FLOAT_FUNCTIONS

EXACT = {"f64": 0, "f32": 0, "f16": 0, "bf16": 0}
ROUNDED = {"f64": 0.51, "f32": 0.51, "f16": 0.51, "bf16": 0.51}
CLOSE = {"f64": 2, "f32": 2, "f16": 0.51, "bf16": 0.51}
FUNCTION = {"f64": 4, "f32": 4, "f16": 0.51, "bf16": 0.51}
SUM = {"f64": 1, "f32": 1, "f16": 0.51, "bf16": 0.51}
PRODUCT = {"f64": 2, "f32": 2, "f16": 0.51, "bf16": 0.51}

TOLERANCES = {
    "add": ROUNDED, "subtract": ROUNDED, "multiply": ROUNDED, "divide": ROUNDED, "power": FUNCTION, "modulo": ROUNDED,
    "minimum": EXACT, "maximum": EXACT, "where": EXACT, "clip": EXACT, "cast": EXACT,
    "negative": EXACT, "absolute": EXACT, "sign": EXACT, "floor": EXACT, "ceil": EXACT, "round": EXACT, "relu": EXACT,
    "square_root": ROUNDED, "reciprocal_square_root": CLOSE, "softmax": FUNCTION,
    "sum": SUM, "prod": PRODUCT, "mean": SUM, "var": PRODUCT, "cumulative_sum": ROUNDED,
    "dot": PRODUCT, "matmul": PRODUCT, "conv1d": PRODUCT,
}
# Below its smallest normal number, a type has fewer digits.
SMALLEST_NORMAL = {"f64": 2.0**-1022, "f32": 2.0**-126, "f16": 2.0**-14, "bf16": 2.0**-126}
EPSILON = {"f64": 2.0**-52, "f32": 2.0**-23, "f16": 2.0**-10, "bf16": 2.0**-7}


def allowed(operation, dtype, size, result, factor):
    """`size` is that of the terms that a result adds up, `factor` says how often their errors do."""
    places = TOLERANCES.get(operation, FUNCTION if operation in FLOAT_FUNCTIONS else EXACT)[dtype]
    if places == 0:
        return 0 * size
    if dtype in ("f16", "bf16"):
        return places * EPSILON[dtype] * (result + SMALLEST_NORMAL[dtype]) + 4 * factor * EPSILON["f32"] * size
    return places * factor * EPSILON[dtype] * (size + SMALLEST_NORMAL[dtype])
