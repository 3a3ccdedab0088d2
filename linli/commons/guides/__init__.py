"""guides owns the catalogue of what a city does on application (事项), and the guide of each item (办事指南).

Words: an *item* is one thing that can be applied for; its *guide* says who may, with what, how long it takes, by which law, what it costs.
"""
