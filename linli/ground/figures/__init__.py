"""figures owns the pages of a place's figures: adults, households, registered voters, counted by the register or declared with a source.

Words: a figure is *declared* with its source and the day it stands for; it counts until the register is *complete*. The rows belong to
people below, which answers every threshold and share.
"""
