"""What `run.py` does before and around the city: environment, database server, processes, backups, checks.

Standard library only, because it runs before anything is installed. Words: a *folder* holds all data of one
city, a *cluster* is the PostgreSQL server of a folder, a *ward* is a process that the supervisor keeps alive.
"""
