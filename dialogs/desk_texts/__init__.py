"""What a librarian may put into a reply: prepared answers, measures and places, with sources."""
