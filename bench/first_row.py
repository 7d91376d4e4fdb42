"""Runs `billstep run` again and again, and says when each of its lines came, in milliseconds after the start."""

import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time

# What a line begins with or has in it, and what it says is done.
PARTS = {
    r"start PostgreSQL": "PostgreSQL with its migrations",
    r"start the AWS emulator": "the AWS emulator",
    r"start the functions": "the functions' process",
    r"deploy the stacks": "stacks deployed",
    r" uploaded$": "uploaded",
    r": \d+ pages?, 0 classified": "claimed and split",
    r" 1 classified, 0 read": "classified",
    r" processed: ": "read and persisted",
    r"^1 +(bill|eway_bill|unknown)": "first row shown",
}


def run(file):
    started = time.monotonic()
    process = subprocess.Popen(
        ["./billstep", "run", "--stack", "embedded", file],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    seen = {}
    for line in process.stdout:
        at = (time.monotonic() - started) * 1000
        for pattern, part in PARTS.items():
            if part not in seen and re.search(pattern, line.rstrip()):
                seen[part] = at
        job = re.search(r"  job ([0-9a-f-]{36})  ", line)
        if job:
            kept = pathlib.Path("storage/jobs", job.group(1))
    if process.wait() != 0:
        sys.exit(f"bench/first-row: billstep run ended with exit code {process.returncode}")
    shutil.rmtree(kept)
    seen["ended"] = (time.monotonic() - started) * 1000
    return seen


def main():
    runs = []
    before = os.times()
    for _ in range(int(sys.argv[1])):
        runs.append(run(sys.argv[2]))
    after = os.times()
    cores = after.children_user + after.children_system - before.children_user - before.children_system
    for part in [*PARTS.values(), "ended"]:
        times = [seen[part] for seen in runs if part in seen]
        if times:  # One that is over between two looks is not shown.
            print(f"{part:32} {statistics.median(times):7.0f} ms   {' '.join(f'{each:.0f}' for each in times)}")
    print(f"{'a core, each run':32} {cores * 1000 / len(runs):7.0f} ms   without PostgreSQL; load of the machine {os.getloadavg()[0]:.1f}")


main()
