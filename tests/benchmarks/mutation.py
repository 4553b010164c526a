"""Of the small faults put into the rules' logic, how many the tests notice: `make mutation`.

As a pytest plugin it gives every run the same generated examples, and stops at the first fault.
Run: mutmut results --all true | python -m tests.benchmarks.mutation percent
"""

import sys
from collections import Counter, defaultdict

from hypothesis import Phase, settings

settings.register_profile(
    "mutation",
    settings.get_profile("ci"),
    phases=(Phase.explicit, Phase.generate),
    report_multiple_bugs=False,
)


def main() -> int:
    """Print a line a module and one for all; 1 when fewer faults were noticed than wanted."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for line in sys.stdin:
        mutant, _, fate = line.strip().rpartition(": ")
        module = mutant.rpartition(".")[0].rpartition(".")[2]
        for name in (module, "all"):
            found[name]["killed" if fate in ("killed", "timeout") else "survived"] += 1
    sys.stdout.write(f"{'module':12}{'mutants':>8}{'killed':>8}{'survived':>9}{'percent':>9}\n")
    percent = 0.0
    for name, fates in sorted(found.items(), key=lambda item: item[0] == "all"):
        percent = 100 * fates["killed"] / fates.total()
        counts = f"{fates.total():8}{fates['killed']:8}{fates['survived']:9}"
        sys.stdout.write(f"{name:12}{counts}{percent:9.1f}\n")
    return 0 if percent >= float(sys.argv[1]) else 1


if __name__ == "__main__":
    sys.exit(main())
