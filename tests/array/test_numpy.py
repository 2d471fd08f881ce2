"""Every operation on arrays against NumPy: random shapes, strides and broadcasts, NaN and infinity included.

ARRAY_CASES names the program that computes, ARRAY_BACKEND what it computes them by (default: auto), and ARRAY_WITHOUT,
with commas between, the dtypes that this has not. ANNEAL_TEST_SEED, a number, gives other cases, and ARRAY_COUNT, 200
by default, more or fewer of each operation."""

import json
import os
import subprocess
import tempfile
import unittest
import warnings

try:
    import numpy as np
except ImportError:
    raise unittest.SkipTest("NumPy is not installed")

import cases
from reference import FLOATS, NUMPY_TYPES, wide
from tolerances import allowed
from views import Pools, seeded

COUNT = int(os.environ.get("ARRAY_COUNT", "200"))
BACKEND = os.environ.get("ARRAY_BACKEND", "auto")
SEED = int(os.environ.get("ANNEAL_TEST_SEED", "1"))


def rounded(values, dtype):
    """To the type, for NaN and infinity; of bf16 whose exponents are f32's."""
    return values.astype(np.float32 if dtype == "bf16" else NUMPY_TYPES[dtype])


def difference(operation, expected, dtype, result):
    """What is wrong with a result, or None."""
    if list(result.shape) != list(expected.values.shape):
        return f"shape {result.shape} instead of {expected.values.shape}"
    if dtype not in FLOATS:
        return None if np.array_equal(result, expected.values) else f"{result!r} instead of {expected.values!r}"
    got = wide(result, dtype)
    exact = np.asarray(expected.values, dtype=got.dtype)
    limit = rounded(exact, dtype).astype(got.dtype)
    size = np.abs(exact) if expected.size is None else np.maximum(np.abs(exact), expected.size)
    error = allowed(operation, dtype, size, np.abs(exact), expected.factor)
    close = np.abs(got - exact) <= np.where(np.isfinite(error), error, 0)
    same = (np.isnan(got) & np.isnan(exact)) | (got == limit) | close
    if same.all():
        return None
    place = tuple(int(k) for k in np.argwhere(~same)[0])
    return f"{got[place]!r} instead of {exact[place]!r} at {place}; {error[place]!r} is allowed"


class NumPyTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.pools = Pools(cls.folder.name, SEED)

    def run_cases(self, name, made):
        tasks = []
        for k, case in enumerate(made):
            files = [f"{self.folder.name}/{name}-{k}-{r}.npy" for r in range(len(case.expected))]
            tasks.append({"operation": name, "arguments": case.arguments, "operands": case.operands, "results": files})
        lines = "".join(json.dumps(task) + "\n" for task in tasks)
        command = [os.environ["ARRAY_CASES"], "--backend", BACKEND, *self.pools.files]
        run = subprocess.run(command, input=lines, stdout=subprocess.PIPE, check=True, text=True)
        answers = [json.loads(line) for line in run.stdout.splitlines()]
        self.assertEqual(len(answers), len(tasks))
        return zip(made, tasks, answers)

    def check(self, name):
        rng = seeded(name, SEED)
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # means of nothing
            made = cases.some(name, rng, self.pools, COUNT)
            for case, task, answer in self.run_cases(name, made):
                what = f"{json.dumps(task)}: "
                self.assertNotIn("error", answer, what)
                self.assertEqual(answer["dtypes"], [expected.dtype for expected in case.expected], what)
                for expected, file in zip(case.expected, task["results"]):
                    result = np.load(file)
                    os.remove(file)
                    self.assertIsNone(difference(name, expected, expected.dtype, result), what)


def _add_test(name):
    setattr(NumPyTest, f"test_{name}", lambda self: self.check(name))


for _name in cases.MAKERS:
    _add_test(_name)

if __name__ == "__main__":
    unittest.main()
