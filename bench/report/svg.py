"""Plots as SVG, drawn by hand: no script, no request, colours by the page's style."""

import html

WIDTH, HEIGHT = 620, 300
LEFT, RIGHT, TOP, BOTTOM = 72, 16, 14, 44


def _px(value):
    return f"{value:.1f}"


class Plot:
    def __init__(self, x, y, x_title, y_title):
        self._x, self._y = x, y
        self._parts = []
        self._legend = []
        self._axes(x_title, y_title)

    def _to_x(self, value):
        return LEFT + self._x.at(value) * (WIDTH - LEFT - RIGHT)

    def _to_y(self, value):
        return HEIGHT - BOTTOM - self._y.at(value) * (HEIGHT - TOP - BOTTOM)

    def _text(self, x, y, text, anchor="middle", more=""):
        self._parts.append(f'<text x="{_px(x)}" y="{_px(y)}" text-anchor="{anchor}"{more}>{html.escape(text)}</text>')

    def _axes(self, x_title, y_title):
        for value, text in self._x.marks():
            at = _px(self._to_x(value))
            self._parts.append(f'<line class="grid" x1="{at}" x2="{at}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>')
            self._text(self._to_x(value), HEIGHT - BOTTOM + 16, text)
        for value, text in self._y.marks():
            at = _px(self._to_y(value))
            self._parts.append(f'<line class="grid" y1="{at}" y2="{at}" x1="{LEFT}" x2="{WIDTH - RIGHT}"/>')
            self._text(LEFT - 6, self._to_y(value) + 4, text, "end")
        self._text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, x_title)
        middle = (TOP + HEIGHT - BOTTOM) / 2
        self._text(14, middle, y_title, more=f' transform="rotate(-90 14 {_px(middle)})"')

    def line(self, points, colour, name="", dots=False):
        """`points` are (x, y); `colour` is 0 to 5; one of several lines of a name has it."""
        places = [(self._to_x(x), self._to_y(y)) for x, y in points]
        if not places:
            return
        joined = " ".join(f"{_px(x)},{_px(y)}" for x, y in places)
        self._parts.append(f'<polyline class="c{colour}" points="{joined}"/>')
        if dots:
            for (x, y), (value_x, value_y) in zip(places, points):
                told = html.escape(f"{name}: {value_x:,.0f}, {value_y:,.0f}")
                self._parts.append(f'<circle class="c{colour}" cx="{_px(x)}" cy="{_px(y)}" r="3">'
                                   f"<title>{told}</title></circle>")
        if name:
            self._legend.append((colour, name))

    def mark_x(self, value, name):
        at = _px(self._to_x(value))
        self._parts.append(f'<line class="mark" x1="{at}" x2="{at}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>')
        self._text(self._to_x(value) - 4, TOP + 10, name, "end")

    def render(self, title):
        legend = "".join(f'<span><i class="c{colour}"></i>{html.escape(name)}</span>' for colour, name in self._legend)
        return (f'<figure><figcaption>{html.escape(title)}</figcaption>'
                f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{html.escape(title)}">'
                f'{"".join(self._parts)}</svg><div class="legend">{legend}</div></figure>')


def bars(title, rows, unit):
    """Horizontal bars: rows of (name, [(part, value, colour)]), the parts one after the other."""
    most = max((sum(value for _, value, _ in parts) for _, parts in rows), default=0) or 1
    height = 30
    out, colours = [], {}
    for i, (name, parts) in enumerate(rows):
        top, x = i * height + 4, 150.0
        out.append(f'<text x="142" y="{top + 15}" text-anchor="end">{html.escape(name)}</text>')
        for part, value, colour in parts:
            width = value / most * (WIDTH - 150 - 110)
            told = html.escape(f"{part}: {value:.1f} {unit}")
            out.append(f'<rect class="c{colour}" x="{_px(x)}" y="{top}" width="{_px(width)}" height="20">'
                       f"<title>{told}</title></rect>")
            x += width
            colours[part] = colour
        total = " + ".join(f"{value:.1f}" for _, value, _ in parts)
        out.append(f'<text x="{_px(x + 6)}" y="{top + 15}">{total} {unit}</text>')
    legend = "".join(f'<span><i class="c{colour}"></i>{html.escape(part)}</span>' for part, colour in colours.items())
    return (f'<figure><figcaption>{html.escape(title)}</figcaption><svg viewBox="0 0 {WIDTH} {len(rows) * height + 8}" '
            f'role="img" aria-label="{html.escape(title)}">{"".join(out)}</svg>'
            f'<div class="legend">{legend}</div></figure>')
