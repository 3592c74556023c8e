"""Numbers in sentences."""


def counted(number: int, thing: str) -> str:
    """Return a number with its noun, in the plural where it is not one: ``1 order``, ``3 orders``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
