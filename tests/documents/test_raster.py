"""Pages become pictures of the right size, from any thread."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from PIL import Image

from oms_desktop.documents.badges import Badge, render_badges
from oms_desktop.documents.page import Paper
from oms_desktop.documents.raster import page_image


def test_a_page_has_its_size_in_dots() -> None:
    paper = Paper(288, 432, "blank")
    picture = Image.open(BytesIO(page_image(paper.finish(), 0, 203)))
    assert (picture.size, picture.mode, picture.getextrema()) == ((812, 1218), "L", (255, 255))


def test_threads_may_draw_at_the_same_time() -> None:
    pdf = render_badges((Badge("Ann", ("Picker",), "BADGE-1"),))
    with ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(lambda _: page_image(pdf, 0, 100), range(16)))
    assert set(pictures) == {page_image(pdf, 0, 100)}
