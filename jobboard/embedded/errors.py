class Stop(Exception):  # noqa: N818 (it is an end, said in words, not always an error)
    """Why `./dev` cannot go on, in one line that its user may read."""
