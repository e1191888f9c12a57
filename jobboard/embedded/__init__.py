"""What `./dev` is made of: set-up, private servers, the supervisor.

Standard library only and relative imports only: `dev` loads this package before anything is
installed.
"""
