"""What the office offers, read from data/: services, complaints, offices, intents."""

from actions.catalogue.catalogue import Catalogue, read_catalogue, read_holidays
from actions.catalogue.models import Complaint, Item, Office, Service, Unit

__all__ = [
    "Catalogue",
    "Complaint",
    "Item",
    "Office",
    "Service",
    "Unit",
    "read_catalogue",
    "read_holidays",
]
