"""What administrators set counts at once here, and within a minute in every other process."""

from actions.casework import office_settings, settings_log
from actions.catalogue.overlay import overlaid
from actions.storage.engine import reading
from bot.dependencies import Dependencies


async def refresh(deps: Dependencies) -> bool:
    """Lay what was set over data/ if anything changed since; returns whether it did."""
    async with reading(deps.office) as session:
        version = await settings_log.version(session)
        if version == deps.settings_version:
            return False
        values = await office_settings.read_all(session)
    deps.reference, deps.settings_version = overlaid(deps.shipped, values), version
    return True
