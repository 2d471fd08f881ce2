"""A case of an operation, and random operands for one."""

import collections
import functools

import reference as ref
from reference import promoted, wide
from views import long_or_random_shape

# `size`: of the terms that a result adds up, where it is not the result's own. `factor`: how often errors add up.
Expected = collections.namedtuple("Expected", "dtype values size factor", defaults=(None, 1))
# `common`: the dtype that it is computed in, where that is no result's.
Case = collections.namedtuple("Case", "operands arguments expected common", defaults=(None,))


def mixed_views(rng, pools, dtypes, shapes, kinds):
    """Operands of dtypes that often differ, as what they are promoted to; that dtype; and how they are made."""
    types = [rng.choice(dtypes)] * len(shapes)
    if rng.random() < 0.5:
        types = [rng.choice(dtypes) for _ in shapes]
    made = [pools.view(rng, *each) for each in zip(types, shapes, kinds)]
    common = functools.reduce(promoted, types)
    arrays = [ref.cast(array, dtype, common) for (array, _), dtype in zip(made, types)]
    return arrays, common, [view for _, view in made]


def along(rng, pools, dtypes, least=0, most=6, kind="any"):
    """An array with an axis."""
    shape = long_or_random_shape(rng, 3, most)
    axis = rng.randint(0, len(shape))
    shape.insert(axis, rng.randint(least, most))
    dtype = rng.choice(dtypes)
    array, view = pools.view(rng, dtype, shape, kind)
    return wide(array, dtype), dtype, view, axis, axis - len(shape) if rng.random() < 0.3 else axis
