"""Channels: decode what comes in, send what goes out, nothing else."""
