"""The type of pages: Source Sans 3, with Bulgarian letter forms where the text is Bulgarian."""

import atexit
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import uharfbuzz as hb

FAMILY = "Source Sans"
_WEIGHTS = (400, 600)
_ALPHABETS = (
    (0x0020, 0x024F),  # Latin, with Turkish
    (0x02B0, 0x036F),  # accents
    (0x0370, 0x052F),  # Greek, Cyrillic
    (0x1E00, 0x1EFF),
    (0x2000, 0x214F),  # dashes, quotes, currencies, №
    (0x2190, 0x22FF),  # arrows, signs of arithmetic
    (0x2713, 0x2714),  # ticks
)


@dataclass(frozen=True)
class Face:
    """One weight: its file, and what measures with it."""

    file: Path
    font: hb.Font

    def width(self, text: str, language: str) -> float:
        """Return how wide the text is, in the size of the type."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.language = language
        hb.shape(self.font, buffer)
        return float(sum(p.x_advance for p in buffer.glyph_positions) / self.font.face.upem)


@dataclass(frozen=True)
class Type:
    """The weights, and the characters that they have."""

    regular: Face
    bold: Face
    characters: frozenset[str]

    def has(self, character: str) -> bool:
        """Return whether the character can be printed."""
        return character in self.characters


@cache
def the_type() -> Type:
    """Return the type, taken out of the variable font once for as long as the program runs.

    It is kept in files because the library that makes pages reads nothing else; that library
    would take ten seconds for each weight.
    """
    folder = tempfile.TemporaryDirectory(prefix="posoka-type-")
    atexit.register(folder.cleanup)
    source = files("fontpkg_source_sans_3") / "files" / "SourceSans3[wght].ttf"
    variable = hb.Face(source.read_bytes())
    regular, bold = (_of_weight(variable, each, Path(folder.name)) for each in _WEIGHTS)
    wanted = {chr(point) for first, last in _ALPHABETS for point in range(first, last + 1)}
    return Type(regular, bold, frozenset(wanted & {chr(point) for point in variable.unicodes}))


def _of_weight(variable: hb.Face, weight: int, folder: Path) -> Face:
    wanted = hb.SubsetInput()
    wanted.pin_axis_location(variable, "wght", weight)
    for first, last in _ALPHABETS:
        for point in range(first, last + 1):
            wanted.unicode_set.add(point)
    content = bytes(hb.subset(variable, wanted).blob.data)
    file = folder / f"{weight}.ttf"
    file.write_bytes(content)
    return Face(file, hb.Font(hb.Face(content)))


def measure_in(language: str) -> Callable[[str, bool], float]:
    """Return what tells how wide a text is in this language, bold or not; each text once."""
    known: dict[tuple[str, bool], float] = {}
    faces = {False: the_type().regular, True: the_type().bold}

    def measure(text: str, bold: bool) -> float:
        if (text, bold) not in known:
            known[text, bold] = faces[bold].width(text, language)
        return known[text, bold]

    return measure
