"""A figure for paper: the shapes of its drawing, with the look that the site's style sheet gives them."""

from mutualaid.core.content.figure import Figure
from mutualaid.text.html_to_typst import Typesetter
from mutualaid.text.html_tree import parse
from mutualaid.text.markdown import prose_line
from mutualaid.text.typst import literal

LOOK = (
    "svg{fill:none;stroke:#1f1a17;stroke-width:2.5;stroke-linecap:round;stroke-linejoin:round}"
    "text{font-family:'Atkinson Hyperlegible Next';font-size:20px;fill:#1f1a17;stroke:none}"
    ".d-over,.d-over text{stroke:#e8f0ee;stroke-width:7px;paint-order:stroke}"
    ".d-line{fill:none;stroke:#1f1a17;stroke-width:2.5}"
    ".d-thin{stroke-width:1.25}"
    ".d-fill{fill:#fffdf9;stroke:#1f1a17;stroke-width:2.5}"
    ".d-key{fill:#f6d98b;stroke:#1f1a17;stroke-width:3}"
    ".d-maybe{fill:none;stroke:#1f1a17;stroke-width:2.5;stroke-dasharray:1 7;stroke-linecap:round}"
    ".d-broken{fill:none;stroke:#1f1a17;stroke-width:2.5;stroke-dasharray:10 8;stroke-linecap:butt}"
    ".d-ask{fill:#e8f0ee}"
    ".d-far{fill:none;stroke:#0b4f4a;stroke-width:3}"
    ".d-strong{font-weight:700}"
)
"""The rules for drawings of `theme/static/css/blocks.css`, with the colors of light paper. A test compares the two."""
MOST_HIGH_MM, MOST_WIDE_MM = 125, 78


def svg_of(figure: Figure) -> str:
    """Return the drawing of a figure as one SVG file."""
    drawing = figure.drawing
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{drawing.view_box}">'
    return f"{head}<style>{LOOK}</style>{drawing.shapes}</svg>"


def exhibit(figure: Figure) -> str:
    """Return a figure with its wall label as Typst."""
    _, _, wide, high = (float(number) for number in figure.drawing.view_box.split())
    width = min(MOST_WIDE_MM, MOST_HIGH_MM * wide / high)
    spoken = f"{figure.title}. {figure.description}"
    setter = Typesetter(is_sheet=True)
    label = ", ".join(setter.content(parse(prose_line(words))) for words in (figure.caption, figure.credit))
    return (
        f"#exhibit({literal(svg_of(figure))}, {literal(spoken)}, {literal(figure.title)}, {label},"
        f" width: {width:.1f}mm)\n\n"
    )
