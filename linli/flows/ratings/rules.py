"""WHO MAY: whoever handles, decides or oversees applications sees what those come to that they may see."""

from linli.flows.services.rules import may_work

may_count = may_work
"""See what applications come to, of those that one may see: whoever handles, decides or oversees any."""
