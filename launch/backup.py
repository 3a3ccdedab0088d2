def backup(*a):
    raise SystemExit
