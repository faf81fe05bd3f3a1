"""The tests: rules in core/, rooms in their own folders, whole stories in journeys/, the house's own rules in house/."""
