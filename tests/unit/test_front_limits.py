"""One equal limit for everybody, by address; the clock is the test's."""

from __future__ import annotations

import asyncio

import pytest

from portal.front.limits import MOST_KEYS, Buckets, Crowded, Rate, Turns, bucket_key, shortened


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_then_the_rate_rules() -> None:
    clock = Clock()
    buckets = Buckets(Rate(per_second=2, burst=3), clock)
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 1]
    clock.now += 0.5
    assert [buckets.take("a") for _ in range(2)] == [0, 1]
    clock.now += 1000
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 1]  # never more than the burst


def test_one_address_does_not_empty_anothers_bucket() -> None:
    buckets = Buckets(Rate(per_second=1, burst=1), Clock())
    assert (buckets.take("a"), buckets.take("b"), buckets.take("a")) == (0, 0, 1)


def test_the_time_to_wait_is_true() -> None:
    clock = Clock()
    buckets = Buckets(Rate(per_second=0.1, burst=1), clock)
    assert buckets.take("a") == 0
    wait = buckets.take("a")
    assert wait == 10
    clock.now += wait
    assert buckets.take("a") == 0


def test_memory_is_bounded() -> None:
    clock = Clock()
    buckets = Buckets(Rate(per_second=1, burst=2), clock)
    for number in range(MOST_KEYS + 2):
        clock.now += 0.00001
        buckets.take(str(number))
    assert len(buckets._levels) <= MOST_KEYS


def test_who_has_just_asked_too_often_is_not_forgotten_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where memory is full the buckets that have filled up again go: they mean the same as none."""
    monkeypatch.setattr("portal.front.limits.MOST_KEYS", 10)
    clock = Clock()
    buckets = Buckets(Rate(per_second=1, burst=2), clock)
    for number in range(10):
        buckets.take(f"long ago {number}")
    clock.now += 100
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 1]
    assert buckets.take("one more") == 0
    assert buckets.take("a") == 1


@pytest.mark.parametrize(
    ("address", "bucket", "short"),
    [
        ("203.0.113.77", "203.0.113.77/32", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.77/32", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/64", "fe80::/48"),
        ("", "unknown", "unknown"),
        ("nonsense", "unknown", "unknown"),
    ],
)
def test_addresses(address: str, bucket: str, short: str) -> None:
    assert (bucket_key(address), shortened(address)) == (bucket, short)


def test_turns_of_one_address_are_few_and_the_queue_is_short() -> None:
    async def scene() -> None:
        turns = Turns(at_once=2, waiting=1)
        running = most = 0
        opened = asyncio.Event()

        async def ask() -> None:
            nonlocal running, most
            async with turns.turn("a"):
                running += 1
                most = max(most, running)
                await opened.wait()
                running -= 1

        tasks = [asyncio.create_task(ask()) for _ in range(3)]
        await asyncio.sleep(0.01)
        with pytest.raises(Crowded):
            await asyncio.wait_for(ask(), timeout=5)  # who waits for a turn that nobody gives up is not refused
        async with turns.turn("b"):  # another address has turns of its own
            pass
        opened.set()
        await asyncio.gather(*tasks)
        assert most == 2
        assert turns._gates == {}

    asyncio.run(scene())
