"""figures owns the figures of a place: adults, households, registered voters, counted by the register or declared with a source.

Words: a figure is *declared* with its source and the day it stands for; it counts until the register is *complete*. Every threshold
and share asks here, never the number of accounts.
"""
