"""What is TRUE: facts about a person, rules, measures, places, the calendar, sources."""
