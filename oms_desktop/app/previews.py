"""The label of a parcel as a picture, drawn from the very file that was printed."""

from pathlib import Path

from sqlalchemy import select

from oms_desktop.db import Database
from oms_desktop.documents.raster import page_image
from oms_desktop.models import Intent, IntentState, Parcel

DPI = 203


def label_picture(database: Database, sscc: str, folder: Path) -> str:
    """Draw the label that was printed for a parcel into `folder`; '' while there is none."""
    with database.reading() as session:
        printed = session.scalar(
            select(Intent.result)
            .join(Parcel, Parcel.id == Intent.subject_id)
            .where(Parcel.sscc == sscc, Intent.document == "label", Intent.state == IntentState.DONE)
            .order_by(Intent.created_at.desc())
            .limit(1)
        )
    if printed is None or not Path(printed).exists():
        return ""
    picture = folder / f"{Path(printed).stem}.png"
    if not picture.exists():
        picture.write_bytes(page_image(Path(printed).read_bytes(), 0, DPI))
    return str(picture)
