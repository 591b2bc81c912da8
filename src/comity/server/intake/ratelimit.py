"""How much one key may ask for: a token bucket that holds a minute's worth."""

from dataclasses import dataclass
from threading import Lock


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a bucket answers: `wait` is 0 when the cost was taken, else the seconds until it can."""

    wait: float
    left: int
    full_in: float


class Bucket:
    """Refills evenly at `rate` tokens a minute up to `rate`; `now` is any clock's seconds."""

    def __init__(self, rate: int, now: float) -> None:
        self.rate = rate
        self._level = float(rate)
        self._at = now
        self._lock = Lock()

    def take(self, cost: int, now: float) -> Allowance:
        a_second = self.rate / 60
        with self._lock:
            self._level = min(self.rate, self._level + (now - self._at) * a_second)
            self._at = now
            # A request larger than the bucket would never pass: it waits for a full one, and those
            # after it wait until the rest of its cost has flowed in too.
            missing = max(0.0, min(cost, self.rate) - self._level)
            if not missing:
                self._level -= cost
            left = max(0, int(self._level))
            return Allowance(missing / a_second, left, (self.rate - self._level) / a_second)
