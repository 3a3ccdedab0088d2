"""Linli 邻里: the community organisation system of a Chinese city."""

VERSION = "0.1.0"
