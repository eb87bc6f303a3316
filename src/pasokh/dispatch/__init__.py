"""The dispatch floor: incidents, missions and units."""
