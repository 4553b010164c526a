"""Telegram as a channel: what is read of updates, how messages look, how they are sent."""

from bot.channels.telegram.channel import NAME, TelegramChannel

__all__ = ["NAME", "TelegramChannel"]
