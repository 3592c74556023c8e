"""The tables, a module per noun group; importing this package knows them all."""

from oms_desktop.models.base import Amount, Base, UtcTime, table_of
from oms_desktop.models.catalog import Carton, Level, Packaging, Product
from oms_desktop.models.journal import DONE, Event, Intent, IntentState, JournalEntry, Memory, NumberRange
from oms_desktop.models.orders import NEXT, Fulfillment, Hold, Order, OrderLine, Status
from oms_desktop.models.people import Address, Customer, Intake, Role, Worker, WorkerRole
from oms_desktop.models.shipping import Label, Manifest, Parcel, ParcelItem, ParcelStatus
from oms_desktop.models.site import PHYSICAL, SHELVES, Lane, Location, LocationKind, Warehouse
from oms_desktop.models.stock import Condition, Count, MoveKind, PutBack, Stock, StockMove
from oms_desktop.models.work import Lease, LeaseEnd, LeaseKind, LeaseWork, PickList, PickTask, ToteUse

__all__ = [
    "DONE",
    "NEXT",
    "PHYSICAL",
    "SHELVES",
    "Address",
    "Amount",
    "Base",
    "Carton",
    "Condition",
    "Count",
    "Customer",
    "Event",
    "Fulfillment",
    "Hold",
    "Intake",
    "Intent",
    "IntentState",
    "JournalEntry",
    "Label",
    "Lane",
    "Lease",
    "LeaseEnd",
    "LeaseKind",
    "LeaseWork",
    "Level",
    "Location",
    "LocationKind",
    "Manifest",
    "Memory",
    "MoveKind",
    "NumberRange",
    "Order",
    "OrderLine",
    "Packaging",
    "Parcel",
    "ParcelItem",
    "ParcelStatus",
    "PickList",
    "PickTask",
    "Product",
    "PutBack",
    "Role",
    "Status",
    "Stock",
    "StockMove",
    "ToteUse",
    "UtcTime",
    "Warehouse",
    "Worker",
    "WorkerRole",
    "table_of",
]
