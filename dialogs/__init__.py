"""What is SAID: flows as pure functions, screens, texts in every language."""
