"""A figure for paper: the shapes of its drawing, with the look that the site's style sheet gives them."""

from pathlib import Path

from mutualaid.adapters.palette import with_colors
from mutualaid.core.content.page import Figure
from mutualaid.text.html_to_typst import Typesetter
from mutualaid.text.html_tree import parse
from mutualaid.text.markdown import prose_line
from mutualaid.text.typst import literal

STYLE_SHEET = Path("static/css/blocks.css")
ON_PAPER = "text{font-family:'Atkinson Hyperlegible Next';fill:var(--ink)}"
MOST_HIGH_MM, MOST_WIDE_MM = 125, 78


def look_of(theme: Path) -> str:
    """Return the rules for drawings of the site's style sheet, in the colors of light pages."""
    css = (theme / STYLE_SHEET).read_text(encoding="utf-8")
    rules = css.partition("/* -- drawings:")[2].partition("*/")[2].partition("/* --")[0]
    rules = rules.replace(".figure ", "").replace("currentColor", "var(--ink)")
    return with_colors(f"{rules}{ON_PAPER}", theme)


def svg_of(figure: Figure, theme: Path) -> str:
    """Return the drawing of a figure as one SVG file."""
    drawing = figure.drawing
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{drawing.view_box}">'
    return f"{head}<style>{look_of(theme)}</style>{drawing.shapes}</svg>"


def exhibit(theme: Path, figure: Figure) -> str:
    """Return a figure with its wall label as Typst."""
    _, _, wide, high = (float(number) for number in figure.drawing.view_box.split())
    width = min(MOST_WIDE_MM, MOST_HIGH_MM * wide / high)
    spoken = f"{figure.title}. {figure.description}"
    setter = Typesetter(is_sheet=True)
    label = ", ".join(setter.content(parse(prose_line(words))) for words in (figure.caption, figure.credit))
    return (
        f"#exhibit({literal(svg_of(figure, theme))}, {literal(spoken)}, {literal(figure.title)}, {label},"
        f" width: {width:.1f}mm)\n\n"
    )
