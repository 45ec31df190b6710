"""How a digest draws a clock: as text of a fixed width, and as the widths of two table cells."""

CELLS = 10
"""How wide a bar of text is."""


def bar(percent: int) -> str:
    """A clock's used time as text: "[#####-----] 52 %". Beyond 100 the bar is full, and the number says how far."""
    filled = cells_filled(percent)
    return f"[{'#' * filled}{'-' * (CELLS - filled)}] {percent} %"


def cells_filled(percent: int) -> int:
    """How many cells of a bar are filled: none only where nothing is used, all only where all is."""
    if percent >= 100:
        return CELLS
    return max(percent * CELLS // 100, 1) if percent > 0 else 0
