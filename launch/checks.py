def test(*a):
    raise SystemExit


def bench(*a):
    raise SystemExit
