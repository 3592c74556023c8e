"""The list of the queue on paper: every order once, in its order, nothing off the page."""

import pytest

from oms_desktop.documents.queue_list import QueueLine, QueuePaper, render_queue
from tests.documents.reading import outside, page_texts


@pytest.mark.parametrize("orders", [1, 26, 27, 200])
def test_every_order_stands_on_it_once(orders: int) -> None:
    rows = tuple(
        QueueLine(
            f"SO-{at:05}",
            "24 Nov, 12:30",
            "promised, the same person has ordered the same shortly before; somebody has to agree",
            "marketplace",
            "A, B, C",
            "normal",
            at,
            "Żaneta Example-Longname",
        )
        for at in range(orders)
    )

    pdf = render_queue(QueuePaper("Orders", "late, zone A", "24 Nov, 11:41", orders + 5, rows))

    texts = page_texts(pdf)
    whole = "".join(texts)
    assert [whole.count(f"SO-{at:05}") for at in range(orders)] == [1] * orders
    assert [f"Page {at} of {len(texts)}" in each for at, each in enumerate(texts, start=1)] == [True] * len(
        texts
    )
    assert f"{orders} of {orders + 5} orders" in texts[0]
    assert outside(pdf, margin=20) == []
