"""Bar charts as SVG text."""

from xml.sax.saxutils import escape

STYLE = """<style>
.p{fill:#ffffff}.t{font-family:system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;fill:#1f2328;font-size:13px}
.h{font-size:16px;font-weight:600}.v{font-size:12px;paint-order:stroke;stroke:#ffffff;stroke-width:3px}.s0{fill:#0969da}.s1{fill:#b6c6d6}.m{stroke:#cf222e;stroke-width:1.5}
</style>"""

WIDTH, LEFT, RIGHT, TOP, BAR, GAP = 860, 150, 60, 66, 13, 11


def text(x, y, words, kind="", anchor="start"):
    return f'<text x="{x:.1f}" y="{y:.1f}" class="t {kind}" text-anchor="{anchor}">{escape(words)}</text>'


def number(value, unit):
    return (f"{value:.1f}" if value >= 1 else f"{value:.2f}") + unit


def bars(title, series, rows, unit, mark=None):
    """Horizontal bars from 0: `rows` holds (label, one value per name in `series`); None leaves a bar out.

    A line is drawn at `mark`, a (value, label).
    """
    height = TOP + len(rows) * (len(series) * BAR + GAP) + 8
    highest = max(value for _, values in rows for value in values if value is not None)
    scale = (WIDTH - LEFT - RIGHT) / highest
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
             f"<title>{escape(title)}</title>", STYLE, f'<rect class="p" width="{WIDTH}" height="{height}"/>',
             text(16, 26, title, "h")]
    for place, name in enumerate(series):
        x = LEFT + 200 * place
        parts += [f'<rect x="{x}" y="38" width="12" height="12" class="s{place}"/>', text(x + 18, 48.5, name)]
    if mark:
        x = LEFT + mark[0] * scale
        parts += [f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 4}" y2="{height - 12}" class="m"/>',
                  text(WIDTH - 16, 48.5, mark[1], anchor="end")]
    y = TOP
    for label, values in rows:
        parts.append(text(LEFT - 10, y + len(series) * BAR / 2 + 4.5, label, anchor="end"))
        for place, value in enumerate(values):
            if value is not None:
                parts.append(f'<rect x="{LEFT}" y="{y + place * BAR}" width="{value * scale:.1f}" height="{BAR - 1}" '
                             f'class="s{place}"/>')
                parts.append(text(LEFT + value * scale + 5, y + place * BAR + 10.5, number(value, unit), "v"))
        y += len(series) * BAR + GAP
    return "\n".join([*parts, "</svg>"]) + "\n"
