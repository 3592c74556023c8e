"""Expected failures: a stable code for programs, a sentence for the person at the station."""

NOTHING = "Nothing was written."
"""How the sentence of a `StoreError` ends."""


def cause(text: str) -> str:
    """Leave out what is true of the last transaction only, where those before it have written."""
    return text.replace(f" {NOTHING}", "")


class OmsError(Exception):
    """An expected failure.

    `code` is stable and dotted (``stock.short``); `text` is one or more whole sentences that tell a
    person what is wrong, where, and what to do.
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{text} [{code}]")
        self.code = code
        self.text = text


class InputError(OmsError):
    """A file, option or database that cannot be used at all; nothing was written (exit code 2)."""


class RoleError(OmsError):
    """The worker lacks the role a verb asks for."""


class StateError(OmsError):
    """The work is not in a state in which this may be wanted (a *wanted* guard)."""


class ImpossibleError(OmsError):
    """The goods or the rows cannot have been there (a *possible* guard)."""


class DeviceError(OmsError):
    """A scanner, scale or printer cannot be used now."""


class SignInError(OmsError):
    """An unknown badge or a wrong PIN."""


class StoreError(OmsError):
    """A database file or server that does not answer as it should."""
