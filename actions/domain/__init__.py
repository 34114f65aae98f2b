"""The rules of the office: statuses, codes, calendar, clocks, NIK, survey. Pure functions."""
