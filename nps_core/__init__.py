"""The Net Promoter Score of a survey file, with its uncertainty and its passives. Pure Python: no web, no clock, no state."""
