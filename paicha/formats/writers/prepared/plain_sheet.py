"""A worksheet that writes many formulas quickly."""

from xlsxwriter.worksheet import Worksheet


class PlainSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """Writes formulas as they are given.

    XlsxWriter searches each formula for the names of 30 newer functions, to put a prefix before them. Ours has none (a
    test holds them to a list), and a branch of 2,000 has 150,000 formulas: the search takes four fifths of the time."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        del expand_future_functions
        return formula.removeprefix("=")
