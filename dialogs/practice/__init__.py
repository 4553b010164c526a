"""Practice for librarians: invented job seekers, how each comes to the desk, what would help."""
