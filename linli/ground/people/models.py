"""Accounts."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import models


class Account(AbstractBaseUser):
    """A sign-in."""

    username = models.CharField(max_length=100, unique=True)
    USERNAME_FIELD = "username"
