"""deadlines owns who must act by when: the clocks that run on the working calendar, and the to-dos.

Words: a *clock* is one running term of a matter and explains itself; a *to-do* waits for one body, and follows a clock where it has one.
"""
