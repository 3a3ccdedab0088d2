"""desk is the worker's home: what needs me now, overdue first."""
