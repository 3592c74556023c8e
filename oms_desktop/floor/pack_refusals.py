"""What a packer is told when something is not right: one refusal for each way to be wrong."""

from oms_desktop.floor.bench import Bench
from oms_desktop.floor.reply import Refusal, Scan, Thing, Weight
from oms_desktop.workflow.worklists.benches import BenchLine


def empty_tote(scan: Scan, wanted: Thing) -> Refusal:
    """No order is in the scanned tote."""
    text = f"No order is in tote {scan.value}."
    return Refusal("pack.empty_tote", "This tote is empty", text, Thing("Tote", scan.value), wanted)


def wrong_product(bench: Bench, scan: Scan, wanted: Thing) -> Refusal:
    """The product is not in the order on the bench."""
    return Refusal(
        "pack.wrong_product",
        "Wrong item, do not pack it",
        f"{scan.value} is not in order {bench.head.order.number}. Nothing was counted.",
        Thing(scan.name or "Product", scan.value),
        wanted,
        "Put it into the return box, then scan the right item.",
    )


def too_many(lines: list[BenchLine], scan: Scan, wanted: Thing) -> Refusal:
    """More of a product was scanned than is still in the tote; `lines` are those of the product."""
    name = lines[0].product.called
    packed, left = sum(line.in_parcel for line in lines), sum(line.in_totes for line in lines)
    return Refusal(
        "pack.too_many",
        "Too many, do not pack it",
        f"{name}: packed {packed}, still to pack {left}. Nothing was counted.",
        Thing(name, scan.value, f"{scan.factor} more"),
        wanted,
        "Put it into the return box.",
    )


def held(bench: Bench, got: Thing, wanted: Thing) -> Refusal:
    """The order was put on hold meanwhile."""
    return Refusal(
        "pack.held",
        "This order is on hold",
        f"Order {bench.head.order.number} was put on hold. Nothing was counted.",
        got,
        wanted,
        "Wait for the order desk.",
    )


def wrong_weight(bench: Bench, weight: Weight, wanted: Thing) -> Refusal:
    """The parcel is heavier or lighter than its goods allow."""
    off = weight.grams - bench.expected_g
    piece = "an extra" if off > 0 else "a missing"
    return Refusal(
        "pack.weight",
        f"{abs(off)} g too {'heavy' if off > 0 else 'light'}",
        f"The parcel weighs {weight.grams} g. Check for {piece} piece.",
        Thing("Weight", f"{weight.grams} g"),
        wanted,
        "Weigh it again, or ask a supervisor to go on with F12.",
    )


def no_weight(got: Thing, wanted: Thing) -> Refusal:
    """There is no steady weight to go on with."""
    text = "There is no steady weight of this parcel yet."
    return Refusal("pack.no_weight", "Weigh it first", text, got, wanted)


def not_allowed(got: Thing, wanted: Thing) -> Refusal:
    """Somebody without the role wanted to go on in spite of the weight."""
    text = "Only a supervisor may close a parcel whose weight differs."
    return Refusal("pack.not_allowed", "Ask a supervisor", text, got, wanted, "Or weigh it again.")


def wrong_label(scan: Scan, wanted: Thing) -> Refusal:
    """The label of another parcel was scanned."""
    return Refusal(
        "pack.wrong_label",
        "This is another parcel's label",
        f"The label is of parcel {scan.value}.",
        Thing("Parcel", scan.value),
        wanted,
        "Stick on the label of this parcel and scan it.",
    )


def ask_override(bench: Bench, grams: int, got: Thing) -> Refusal:
    """A supervisor is asked once more before a wrong weight is accepted."""
    return Refusal(
        "pack.ask_override",
        f"Close with {grams} g?",
        f"It should weigh about {bench.expected_g} g. Press F12 again to close the parcel as it is.",
        got,
        Thing("Weight", f"{bench.expected_g} g"),
        "Or check the parcel and weigh it again.",
    )
