"""Numbers as people read them."""

import statistics


def short(value):
    """Three significant digits, grouped."""
    if value == 0:
        return "0"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def exact(value):
    """Enough digits to compare it with a limit."""
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"


def spread(values):
    """The median, and the range of the rounds."""
    middle = statistics.median(values)
    if len(values) == 1:
        return short(middle)
    return f"{short(middle)} ({short(min(values))}–{short(max(values))})"


def time_text(us):
    for limit, divisor, unit in ((1e3, 1, "µs"), (1e6, 1e3, "ms")):
        if us < limit:
            return f"{us / divisor:.3g} {unit}"
    return f"{us / 1e6:.3g} s"
