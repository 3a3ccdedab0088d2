"""opinions owns how departments have their say on a joint application (联办、征求意见) before the lead decides (行政许可法 art. 26).

Words: the *lead* is the competent department, which decides; an *opinion* is asked of each department that the item names, once, with a
time of its own. Silence is shown as silence and never read as consent.
"""
