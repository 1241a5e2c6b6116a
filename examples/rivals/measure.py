"""Times rivals the way `./ponder bench` times Ponder, and prints the same JSON lines.

A line has the fields of `./ponder bench --json` and two more: `system`, the name and version of the rival, and what a case adds, such as
`meanNodeDepth`. One thread: the scripts set the thread counts of the libraries that they use; pin the process to one core as well.
"""

import json
import os
import sys
import time

# Before the libraries are imported, which read these once.
for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")
# A forced kernel would misstate what the library does by itself.
os.environ.pop("OPENBLAS_CORETYPE", None)

WARM_UP_SECONDS = 2.0
RUN_SECONDS = 0.25
RUNS = 7


def nanos_per_call(work, warm_up=WARM_UP_SECONDS, run=RUN_SECONDS, runs=RUNS):
    """Returns nanoseconds per call, one number a run; a run is as many calls as fill `run` seconds, at least one."""
    calls = 0
    start = time.perf_counter()
    while True:
        work()
        calls += 1
        spent = time.perf_counter() - start
        if spent >= warm_up:
            break
    calls_per_run = max(1, int(run * calls / spent))
    out = []
    for _ in range(runs):
        before = time.perf_counter_ns()
        for _ in range(calls_per_run):
            work()
        out.append((time.perf_counter_ns() - before) / calls_per_run)
    return out


def wanted(parameters, arguments):
    """Tells whether all `name=value` arguments that name a parameter agree with it."""
    wishes = dict(a.split("=", 1) for a in arguments if "=" in a)
    return all(str(parameters.get(name, value)) == value for name, value in wishes.items())


def report(system, case, parameters, metric, unit, runs, threads=1, **more):
    """Prints one measurement as a JSON line."""
    ordered = sorted(runs)
    half = len(ordered) // 2
    median = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    line = {"case": case, "parameters": parameters, "threads": threads, "metric": metric, "unit": unit, "median": median,
            "min": ordered[0], "max": ordered[-1], "runs": runs, "system": system, **more}
    print(json.dumps(line))
    sys.stdout.flush()
