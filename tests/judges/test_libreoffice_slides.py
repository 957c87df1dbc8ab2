"""The deck as LibreOffice shows it: every slide a page, every text on it, none over the foot."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pptx import Presentation
from tests.test_slides import texts

from banyuasin_plan.cli.reporting import material_of
from banyuasin_plan.formats.slides import write_slides
from banyuasin_plan.reports.slides import report
from banyuasin_plan.words import Lang
from banyuasin_plan.workspace import load_plan

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.judge

PLAN = Path(__file__).resolve().parents[2] / "plans" / "banyuasin"
FOOT = 506.0
WORD = re.compile(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


def test_the_deck(
    tmp_path: Path,
    soffice: Callable[..., list[Path]],
    pdftotext: Callable[[Path], list[str]],
) -> None:
    """Drawn, no text is lost and none runs out of its slide or into the foot."""
    file = tmp_path / "deck.pptx"
    file.write_bytes(write_slides(report(material_of(load_plan(PLAN))), Lang.ID))
    [drawn] = soffice("pdf", file)
    pages, slides = pdftotext(drawn), Presentation(str(file)).slides
    assert len(pages) == len(slides)
    for page, slide in zip(pages, slides, strict=True):
        shown = "".join(page.split())
        assert [text for text in texts(slide) if "".join(text.split()) not in shown] == []
    boxes = subprocess.run(
        ["pdftotext", "-bbox", drawn, "-"], check=True, capture_output=True, text=True
    ).stdout
    for page in boxes.split("<page ")[1:]:
        for left, top, right, bottom, word in WORD.findall(page):
            assert 0 <= float(left) <= float(right) <= 960, word
            assert float(bottom) <= FOOT or float(top) >= FOOT, word
