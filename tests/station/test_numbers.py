"""Numbers are given once."""

from concurrent.futures import ThreadPoolExecutor

from oms_desktop.db import Database, connect
from oms_desktop.station import Station
from oms_desktop.station.station import BLOCKS

BLOCK = BLOCKS["sscc"]


def test_numbers_count_from_one_for_each_kind(database: Database) -> None:
    station = Station(database, "PICK-3")

    assert [station.number("tour") for _ in range(3)] == [1, 2, 3]
    assert station.number("manifest") == 1
    assert station.number("tour") == 4


def test_a_station_that_starts_again_skips_the_rest_of_its_block(database: Database) -> None:
    assert Station(database, "PICK-3").number("sscc") == 1
    assert Station(database, "PICK-3").number("sscc") == BLOCK + 1


def test_numbers_that_people_read_have_no_gaps(database: Database) -> None:
    assert Station(database, "PICK-3").number("tour") == 1
    assert Station(database, "PICK-3").number("tour") == 2


def test_no_number_is_given_twice(database: Database) -> None:
    address = database.engine.url.render_as_string(hide_password=False)

    def draw(name: str) -> list[int]:
        own = connect(address)
        station = Station(own, name)
        drawn = [station.number("sscc") for _ in range(2 * BLOCK + 5)]
        own.close()
        return drawn

    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(draw, ["PACK-1", "PACK-2", "PACK-3", "PACK-4"]))

    numbers = [number for each in drawn for number in each]
    assert len(set(numbers)) == len(numbers) == 4 * (2 * BLOCK + 5)
    assert all(each == sorted(each) for each in drawn)
    assert max(numbers) <= 12 * BLOCK
