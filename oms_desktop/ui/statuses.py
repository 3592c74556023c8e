"""How the words of the models for a status look on a screen: a label and a shape."""

from dataclasses import dataclass

from oms_desktop.ui.shapes import Mark


@dataclass(frozen=True)
class StatusLook:
    """Label and shape of a status."""

    label: str
    mark: Mark


_LOOKS = {
    "all": StatusLook("All open", Mark.RING),
    "new": StatusLook("New", Mark.RING),
    "promised": StatusLook("New", Mark.RING),
    "released": StatusLook("Released", Mark.QUARTER),
    "started": StatusLook("Picking", Mark.HALF),
    "picked": StatusLook("Picked", Mark.THREE_QUARTERS),
    "packing": StatusLook("Packing", Mark.THREE_QUARTERS),
    "packed": StatusLook("Packed", Mark.FULL),
    "closed": StatusLook("Closed", Mark.RIGHT),
    "zone": StatusLook("My zone", Mark.MOVE),
    "loaded": StatusLook("Loaded", Mark.RIGHT),
    "shipped": StatusLook("Shipped", Mark.RIGHT),
    "delivered": StatusLook("Delivered", Mark.RIGHT),
    "cancelled": StatusLook("Cancelled", Mark.CANCELLED),
    "hold": StatusLook("On hold", Mark.WAITS),
    "exception": StatusLook("Exception", Mark.WRONG),
    "late": StatusLook("Late", Mark.WRONG),
    "soon": StatusLook("Due soon", Mark.LOOK_OUT),
    "empty": StatusLook("Empty", Mark.WRONG),
    "low": StatusLook("Low", Mark.LOOK_OUT),
    "count": StatusLook("To count", Mark.QUARTER),
}


def look_of(status: str) -> StatusLook:
    """The look of a status or filter; an unknown word is shown as it is, with an empty ring."""
    return _LOOKS.get(status, StatusLook(status.capitalize(), Mark.RING))
