"""The reading grade of a text, by the library textstat. Flesch-Kincaid: years of schooling in the United States."""

import textstat


def grade_of(text: str) -> float:
    """Return the Flesch-Kincaid grade of plain sentences, to one decimal; 0 for no text."""
    return round(float(textstat.flesch_kincaid_grade(text)), 1) if text.strip() else 0.0
