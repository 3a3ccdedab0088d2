def restore(*a, **k):
    raise SystemExit
