"""A figure: a drawing made by hand, with the words that go with it. It knows nothing of XML or pages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a drawing shows: the box that it is drawn in, and its shapes and labels as SVG that holds nothing else."""

    view_box: str
    shapes: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its title, a description for whoever does not see it, a caption, and whose work it is."""

    name: str
    title: str
    description: str
    caption: str
    credit: str
    drawing: Drawing
