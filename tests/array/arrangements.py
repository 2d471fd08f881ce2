"""Random cases of what arranges elements, and what NumPy says to them."""

import numpy as np

import reference as ref
from case import Case, Expected, along, mixed_views
from reference import DTYPES, wide
from views import broadcasting, random_shape


def concatenate(rng, pools):
    shape = random_shape(rng, 3)
    axis = rng.randint(0, len(shape))
    shapes = [shape[:axis] + [rng.randint(0, 6)] + shape[axis:] for _ in range(rng.randint(1, 4))]
    parts, common, views = mixed_views(rng, pools, DTYPES, shapes, ["any"] * len(shapes))
    given = axis - len(shape) - 1 if rng.random() < 0.3 else axis
    return Case(views, {"axis": given}, [Expected(common, np.concatenate(parts, axis=axis))])


def stack(rng, pools):
    shape, count = random_shape(rng, 3), rng.randint(1, 4)
    parts, common, views = mixed_views(rng, pools, DTYPES, [shape] * count, ["any"] * count)
    axis = rng.randint(-len(shape) - 1, len(shape))
    return Case(views, {"axis": axis}, [Expected(common, np.stack(parts, axis=axis))])


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
    def slice_of_axis(size):
        step = rng.choice([-3, -1, 1, 1, 2])
        highest = size if step > 0 else size - 1
        place = lambda: None if rng.random() < 0.3 or highest < -size else rng.randint(-size, highest)
        return [place(), place(), step]
    given = [slice_of_axis(size) for size in shape[:rng.randint(0, len(shape))]]
    return Case([view], {"slices": given}, [Expected(dtype, wide(array, dtype)[tuple(slice(*s) for s in given)])])


MAKERS = {
    "concatenate": concatenate, "stack": stack, "gather": gather, "sort": sort, "argsort": argsort, "top_k": top_k,
    "transpose": transpose, "reshape": reshape, "broadcast_to": broadcast_to, "slice": slice_of,
}
