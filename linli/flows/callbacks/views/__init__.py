"""The doors of call-backs for people: the queue and the steps, and the rates."""
