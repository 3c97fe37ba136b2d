"""Scales of a plot: the position of a value, and the values that get a mark."""

import math


class Linear:
    def __init__(self, low, high, text):
        self.low, self.high, self._text = low, max(high, low + 1e-9), text

    def at(self, value):
        """0 to 1."""
        return (value - self.low) / (self.high - self.low)

    def marks(self):
        span = self.high - self.low
        step = 10 ** math.floor(math.log10(span / 4))
        step *= next(factor for factor in (1, 2, 5, 10) if span / (step * factor) <= 6)
        value = math.ceil(self.low / step) * step
        while value <= self.high * (1 + 1e-9):
            yield value, self._text(value)
            value += step


class Log:
    """Whole decades around the values, or steps of 2 and 5 if there is only one decade."""

    def __init__(self, low, high, text):
        self._low = math.floor(math.log10(max(low, 1e-3)))
        self._high = max(math.ceil(math.log10(max(high, 1e-3))), self._low + 1)
        self._text = text

    def at(self, value):
        place = math.log10(max(value, 10.0**self._low))
        return (place - self._low) / (self._high - self._low)

    def marks(self):
        steps = (1, 2, 5) if self._high - self._low < 3 else (1,)
        for decade in range(self._low, self._high + 1):
            for step in steps:
                if decade < self._high or step == 1:
                    yield step * 10.0**decade, self._text(step * 10.0**decade)


class Percentiles:
    """As HdrHistogram draws them: 90, 99, 99.9 % at equal distances."""

    def __init__(self, most):
        self._decades = max(1.0, math.log10(100 / max(100 - most, 1e-5)))

    def at(self, percent):
        return min(1.0, math.log10(100 / max(100 - percent, 1e-9)) / self._decades)

    def marks(self):
        for percent in (0, 50, 90, 99, 99.9, 99.99, 99.999):
            if math.log10(100 / (100 - percent)) <= self._decades + 1e-9:
                yield percent, f"{percent:g} %"
