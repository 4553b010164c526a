"""The HTTP application: web chat, desk pages, health."""
