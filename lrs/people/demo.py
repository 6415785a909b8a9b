"""The demo's units: a few of a city that had three tiers until the end of June 2025 and has two since."""

from datetime import date

from lrs.commands import enter
from lrs.people.units import Units
from lrs.web import transaction
from storage import units as rows

BEGIN, TURN = date(2020, 1, 1), date(2025, 7, 1)

_CITY = "Thành phố Hải Phòng"
_OFFICES = ("Sở Khoa học và Công nghệ", "Sở Nội vụ", "Trung tâm Phục vụ hành chính công")
_DISTRICTS = {
    "Quận Hồng Bàng": ("Phường Hoàng Văn Thụ", "Phường Sở Dầu"),
    "Quận Lê Chân": ("Phường An Biên", "Phường Vĩnh Niệm"),
    "Quận Ngô Quyền": ("Phường Gia Viên", "Phường Máy Chai"),
}
_STAYED = ("Phường An Biên", "Phường Gia Viên")
_NEW = ("Phường Hồng Bàng", "Phường Lê Chân", "Phường Ngô Quyền")


def make_units(slug: str) -> int:
    """Make the units in a space that has none; count those of today."""
    enter(slug)
    with transaction() as tx:
        if not rows.listed(tx):
            _make(Units(tx))
        return len(Units(tx).branches(TURN))


def _make(units: Units) -> None:
    city = units.make(_CITY, None, BEGIN).id
    for office in _OFFICES:
        units.make(office, city, BEGIN)
    for name, wards in _DISTRICTS.items():
        district = units.make(name, city, BEGIN).id
        for ward in wards:
            made = units.make(ward, district, BEGIN).id
            if ward in _STAYED:
                units.move(made, city, TURN)
            else:
                units.end(made, TURN)
        units.end(district, TURN)
    for ward in _NEW:
        units.make(ward, city, TURN)
