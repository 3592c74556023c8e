"""The project's own formats of orders, CSV and JSON: the same names in both (docs/guide/imports.md).

In the CSV a row is a line, and the head of the order stands in its first row; the later ones repeat it or
leave it empty. In the JSON an order has its `lines` in a list and its address in `ship_to`.
"""

from collections.abc import Mapping
from decimal import Decimal

from oms_desktop.channels import fates
from oms_desktop.channels.fields import Fields
from oms_desktop.channels.source import CsvSource, JsonSource, judged
from oms_desktop.drafts import (
    AddressDraft,
    CheckedOrder,
    CustomerDraft,
    LineDraft,
    NotPicked,
    OrderDraft,
    Problem,
    ProblemKind,
    Property,
    ServiceDraft,
)

HEAD = (
    "number",
    "id",
    "placed",
    "currency",
    "total",
    "payment",
    "cancelled",
    "customer_id",
    "email",
    "phone",
    "locale",
    "name",
    "company",
    "address1",
    "address2",
    "city",
    "postal_code",
    "province",
    "country",
    "service",
    "service_price",
    "note",
    "gift_message",
    "tags",
    "ship_by",
    "deliver_by",
    "priority",
    "ship_complete",
)
"""The columns that tell of the order as a whole."""

LINE = (
    "sku",
    "barcode",
    "listing",
    "quantity",
    "price",
    "title",
    "variant",
    "line_id",
    "one_lot",
    "min_life_days",
)
"""The columns that tell of a line; beside them each ``property:NAME`` is a wish."""

_WISH = "property:"
_MOMENTS = frozenset({"placed", "ship_by", "deliver_by"})
_FLAGS = frozenset({"cancelled", "ship_complete", "one_lot"})
_MOST_URGENT = 2


def _read_rows(rows: tuple[Fields, ...], found: list[Problem], raw: str) -> CheckedOrder:
    head = rows[0]
    return _order("csv", head, head, rows, found, raw)


CSV_SOURCE = CsvSource(
    channel="csv",
    number="number",
    needed=frozenset({"number", "quantity", "sku"}),
    known=frozenset({*HEAD, *LINE}),
    amounts=frozenset({"total", "price", "service_price"}),
    moments=_MOMENTS,
    flags=_FLAGS,
    head=frozenset(HEAD),
    mark="",
    read=_read_rows,
    closed=True,
)


def _suits(entry: Mapping[str, object]) -> bool:
    return "lines" in entry and "number" in entry


def _read_object(values: Mapping[str, object], where: str, raw: str) -> CheckedOrder:
    found: list[Problem] = []
    blank = Fields(values, where, found)
    head = blank.of_order(blank.number("number"))
    lines = head.children("lines", ProblemKind.NOT_A_LINE)
    return _order("json", head, head.child("ship_to"), lines, found, raw)


JSON_SOURCE = JsonSource("json", "an order as docs/guide/imports.md tells", _suits, _read_object)


def _order(
    channel: str, head: Fields, to: Fields, rows: tuple[Fields, ...], found: list[Problem], raw: str
) -> CheckedOrder:
    ship_to = _address(to)
    service = _service(head)
    lines = _wanted(head, tuple(_line(row) for row in rows), service)
    told = head.amount("total")
    draft = OrderDraft(
        channel=channel,
        number=head.order,
        lines=lines,
        total=fates.total(lines, service) if told is None else told,
        external_id=head.text("id"),
        placed_at=head.moment("placed"),
        currency=fates.currency(head),
        # A file that says nothing of payment comes from somebody who has an account here.
        payment=head.text("payment").casefold() or "paid",
        customer=_customer(head, ship_to),
        ship_to=ship_to,
        service=service,
        note=head.text("note"),
        gift_message=head.text("gift_message"),
        tags=tuple(tag.strip() for tag in head.text("tags").split(",") if tag.strip()),
        ship_complete=head.flag("ship_complete") or False,
        ship_by=head.moment("ship_by", at_end=True),
        deliver_by=head.moment("deliver_by", at_end=True),
        priority=_priority(head),
        where=head.where,
    )
    return judged(draft, found, raw)


def _wanted(
    head: Fields, lines: tuple[LineDraft, ...], service: ServiceDraft | None
) -> tuple[LineDraft, ...]:
    if head.flag("cancelled"):
        head.tell(ProblemKind.CANCELLED, "cancelled", "true")
        return fates.without_picks(lines, NotPicked.CANCELLED)
    if head.text("payment").casefold() == "refunded":
        return fates.without_picks(lines, NotPicked.REMOVED)
    if service is not None and fates.is_pickup(service.title):
        head.tell(ProblemKind.PICKUP, "service", service.title)
        return fates.without_picks(lines, NotPicked.PICKUP)
    return lines


def _line(row: Fields) -> LineDraft:
    price = row.amount("price")
    return LineDraft(
        sku=row.text("sku"),
        quantity=row.quantity("quantity"),
        price=Decimal() if price is None else price,
        external_id=row.text("line_id"),
        barcode=row.text("barcode") or None,
        title=row.text("title"),
        variant=row.text("variant"),
        properties=_wishes(row),
        listing=row.text("listing"),
        one_lot=row.flag("one_lot") or False,
        min_life_days=max(row.whole("min_life_days") or 0, 0),
        where=row.where,
    )


def _wishes(row: Fields) -> tuple[Property, ...]:
    """Read the properties of a line: an object of names and values, or a column for each name."""
    named = row.child("properties")
    wishes = [Property(name, named.text(name)) for name in named.values]
    columns = [name for name in row.values if name.startswith(_WISH)]
    wishes += [Property(name.removeprefix(_WISH), row.text(name)) for name in columns]
    return tuple(wish for wish in wishes if wish.name and wish.value)


def _priority(head: Fields) -> int:
    priority = head.whole("priority", ProblemKind.NOT_A_PRIORITY) or 0
    if not 0 <= priority <= _MOST_URGENT:
        head.tell(ProblemKind.NOT_A_PRIORITY, "priority", priority)
        return 0
    return priority


def _service(head: Fields) -> ServiceDraft | None:
    title, price = head.text("service"), head.amount("service_price")
    return ServiceDraft(title, "", Decimal() if price is None else price, head.where) if title else None


def _customer(head: Fields, to: AddressDraft | None) -> CustomerDraft:
    name = to.name if to else ""
    return CustomerDraft(
        head.text("customer_id"), name, head.text("email"), head.text("phone"), head.text("locale")
    )


def _address(to: Fields) -> AddressDraft | None:
    address = AddressDraft(
        name=to.text("name"),
        company=to.text("company"),
        address1=to.text("address1"),
        address2=to.text("address2"),
        city=to.text("city"),
        province=to.text("province"),
        postal_code=to.text("postal_code"),
        country_code=to.text("country").upper(),
        phone=to.text("phone"),
        where=to.where,
    )
    blank = AddressDraft(where=to.where, phone=address.phone)
    return None if address == blank else address
