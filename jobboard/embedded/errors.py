class Stop(Exception):
    """Why `./dev` cannot go on, in one line that its user may read."""
