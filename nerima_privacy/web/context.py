"""What every page of the shell needs."""


def shell(request):
    """The menu and the counters at its side."""
    return {}
