"""The one error that the test bed itself reports, in words for strangers."""


class Trouble(Exception):
    """What failed, why, and what to do: the message is all the user gets to see."""


class UsageError(Exception):
    """The command line asks for something that does not exist."""
