"""What is DONE: channels, storage, delivery, the desk, running the service."""
