"""What the office offers, read from data/: services, complaints, offices, intents."""

from actions.catalogue.catalogue import Catalogue, read_catalogue, read_holidays, read_retention
from actions.catalogue.models import Complaint, Item, Office, Service, Unit
from actions.catalogue.times import Retention

__all__ = [
    "Catalogue",
    "Complaint",
    "Item",
    "Office",
    "Retention",
    "Service",
    "Unit",
    "read_catalogue",
    "read_holidays",
    "read_retention",
]
