"""The tour as the picker sees it: its stops, what is asked at each step, in words and as a view."""

from dataclasses import dataclass, replace
from enum import Enum

from oms_desktop.floor.place_views import stop_view
from oms_desktop.floor.reply import Thing
from oms_desktop.floor.views import PickView
from oms_desktop.floor.words import counted
from oms_desktop.workflow.worklists.parts import Waiting
from oms_desktop.workflow.worklists.tours import TourHead, TourStop


class State(Enum):
    """What the picker is asked to do."""

    IDLE = "idle"
    LOCATION = "location"
    PRODUCT = "product"
    TOTE = "tote"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Tour:
    """The tour in work, with its stops as they stand."""

    head: TourHead
    stops: tuple[TourStop, ...]

    @property
    def unfinished(self) -> tuple[int, ...]:
        """Indexes of the stops at which something is still to be taken."""
        return tuple(i for i, stop in enumerate(self.stops) if stop.picked < stop.quantity)

    def after(self, index: int) -> int | None:
        """Return the next unfinished stop of the walk; behind the last one the skipped ones come."""
        later = [each for each in self.unfinished if each > index]
        return next(iter(later or self.unfinished), None)

    def index_of(self, task: str) -> int | None:
        """Return the stop of a task by the hex of its id, None if it is not of this tour."""
        return next((i for i, stop in enumerate(self.stops) if stop.task.hex == task), None)

    def with_quantity(self, index: int, quantity: int) -> "Tour":
        """Return the tour with another quantity wanted at one stop."""
        changed = replace(self.stops[index], quantity=quantity)
        return replace(self, stops=(*self.stops[:index], changed, *self.stops[index + 1 :]))

    def with_picked(self, index: int, picked: int) -> "Tour":
        """Return the tour with another quantity taken at one stop."""
        stop = self.stops[index]
        changed = replace(stop, picked=picked, on_hand=stop.on_hand + stop.picked - picked)
        return replace(self, stops=(*self.stops[:index], changed, *self.stops[index + 1 :]))


def tour_view(tour: Tour | None, index: int, waiting: Waiting, *, stopped: bool) -> PickView:
    """Return what the panel paints: the stop at `index`, the next ones and the progress in lines."""
    if tour is None:
        return PickView(waiting=waiting.count)
    views = tuple(stop_view(stop, tour.head) for stop in tour.stops)
    return PickView(
        tour=str(tour.head.number),
        stop=views[index] if views else None,
        following=tuple(view for view in (*views[index + 1 :], *views[:index]) if view.left),
        lines_done=sum(stop.picked >= stop.quantity for stop in tour.stops),
        lines=len(tour.stops),
        tote=tour.head.tote_code,
        warning=_warning(tour, stopped=stopped),
    )


def _warning(tour: Tour, *, stopped: bool) -> str:
    if stopped:
        return f"Order {tour.head.order} was cancelled"
    return f"Order {tour.head.order} is on hold" if tour.head.held else ""


def expected(state: State, tour: Tour | None, index: int) -> Thing:
    """Return the tote, location or product that is wanted at a step."""
    if tour is None:
        return Thing("An empty tote")
    stop = tour.stops[index]
    if state is State.LOCATION:
        return Thing("Location", stop.place.code)
    if state is State.PRODUCT:
        return Thing(stop.product.called, stop.product.sku)
    return Thing("Tote", tour.head.tote_code)


def instruction(state: State, tour: Tour | None, index: int, waiting: Waiting) -> tuple[str, str]:
    """Return the huge line and the sub line of a step."""
    if tour is None and not waiting.count:
        return "No tour for you now", "Scan an empty tote to ask again"
    if tour is None:
        tote = f"{waiting.tote} is empty" if waiting.tote else "all totes are in use"
        return (
            "Scan an empty tote",
            f"{counted(waiting.count, 'order')} to pick, the most urgent first; {tote}",
        )
    stop, tote = tour.stops[index], tour.head.tote_code
    if state is State.STOPPED:
        return f"Stop: order {tour.head.order} was cancelled", f"Scan tote {tote} to put it aside"
    if state is State.TOTE and not stop.picked:
        return f"Scan tote {tote} to end the tour", f"Nothing was taken at {stop.place.code}"
    if state is State.TOTE:
        return f"Put {stop.picked} into tote {tote}", "Then scan the tote"
    if tour.head.held:
        return f"Wait: order {tour.head.order} is on hold", "Tell a supervisor, or end the tour with F12"
    if state is State.LOCATION:
        return f"Go to {stop.place.code}", "Scan the sign of the location when you are there"
    left = stop.quantity - stop.picked
    return f"Scan the product, take {left}", f"{stop.product.called}, {stop.product.sku}"
