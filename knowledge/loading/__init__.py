"""Reading data files into models: the only package that touches the disk."""

from knowledge.loading.everything import DATA, load

__all__ = ["DATA", "load"]
