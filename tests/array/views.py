"""Random views of pools of memory, the same for NumPy and for array_cases."""

import random

import numpy as np

from reference import FLOATS, NUMPY_TYPES, bf16_bits

POOL_ELEMENTS = 4096


class Pools:
    """Memory of each type, of several kinds of values, and the files that array_cases reads."""

    def __init__(self, folder, seed):
        self.random = np.random.default_rng(seed)
        self.names, self.memory, self.files = [], [], []
        for dtype in NUMPY_TYPES:
            for kind in ("any", "small", "positive", "large"):
                self.names.append((dtype, kind))
                self.memory.append(self._values(dtype, kind))
                self.files.append(f"{folder}/{dtype}-{kind}.npy")
                np.save(self.files[-1], self.memory[-1])

    def _values(self, dtype, kind):
        if dtype == "bool":
            return self.random.integers(0, 2, POOL_ELEMENTS).astype(np.bool_)
        if dtype not in FLOATS:
            limits = np.iinfo(NUMPY_TYPES[dtype])
            whole = (limits.min, limits.max)
            low, high = {"any": whole, "small": (max(limits.min, -3), 3), "positive": (1, 7), "large": whole}[kind]
            return self.random.integers(low, high, POOL_ELEMENTS, dtype=NUMPY_TYPES[dtype], endpoint=True)
        values = self.random.normal(size=POOL_ELEMENTS) * self.random.choice([0.1, 1, 10], POOL_ELEMENTS)
        if kind == "large":
            values *= 10.0 ** self.random.integers(0, 22, POOL_ELEMENTS)
        if kind in ("any", "large"):
            special = [np.nan, np.inf, -np.inf, 0.0, -0.0, 1.0, -1.0]
            chosen = self.random.random(POOL_ELEMENTS) < 0.1
            values = np.where(chosen, self.random.choice(special, POOL_ELEMENTS), values)
        elif kind == "positive":
            values = np.abs(values) + 0.01
        with np.errstate(over="ignore"):
            return bf16_bits(values) if dtype == "bf16" else values.astype(NUMPY_TYPES[dtype])

    def view(self, rng, dtype, shape, kind="any"):
        """A NumPy view, and how array_cases makes it."""
        pool = self.names.index((dtype, kind))
        strides, first, extent = _layout(rng, shape)
        first += rng.randrange(max(1, POOL_ELEMENTS - extent))
        memory = self.memory[pool]
        size = memory.itemsize
        array = np.lib.stride_tricks.as_strided(memory[first:], shape, [stride * size for stride in strides])
        return array, {"pool": pool, "dtype": dtype, "first": first, "shape": list(shape), "strides": strides}


def _layout(rng, shape):
    axes = list(range(len(shape)))
    gaps = rng.random() < 0.6
    if gaps:
        rng.shuffle(axes)
    strides, first, extent = [0] * len(shape), 0, 1
    for axis in reversed(axes):
        size = max(shape[axis], 1)
        if gaps and rng.random() < 0.1:
            continue  # the same element again
        step = extent * (rng.choice([1, 1, 2, 3]) if gaps else 1)
        if extent + step * (size - 1) >= POOL_ELEMENTS:
            continue
        strides[axis] = step
        if gaps and rng.random() < 0.2:
            strides[axis] = -step
            first += step * (size - 1)
        extent += step * (size - 1)
    return strides, first, extent


def random_shape(rng, axes=4, most=6):
    return [0 if rng.random() < 0.04 else rng.randint(1, most) for _ in range(rng.randint(0, axes))]


def long_or_random_shape(rng, axes=4, most=6):
    """Now and then with more than a tile in one axis, and what threads share."""
    if rng.random() > 0.03:
        return random_shape(rng, axes, most)
    shape = [rng.randint(1, 2) for _ in range(rng.randint(1, axes))]
    shape[rng.randrange(len(shape))] = rng.randint(1_000, 20_000)
    return shape


def broadcasting(rng, shape):
    """A shape that broadcasts to this one."""
    result = [1 if rng.random() < 0.25 else size for size in shape]
    return result[rng.randint(0, len(result)):] if rng.random() < 0.25 else result


def seeded(name, seed):
    return random.Random(f"{name} {seed}")
