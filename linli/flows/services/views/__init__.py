"""The doors of services: taking applications in, their pages, their steps."""
