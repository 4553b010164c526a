"""What a person says in their own words: facts, wishes, questions; by rules and lexicons only."""
