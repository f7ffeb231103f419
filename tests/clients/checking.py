"""Assertions of the clients written in Python, and what the runner tells them."""

import json
import os
import sys
import time

PICTURE = ("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg"
           "==")  # a grey pixel, PNG


class CheckFailed(Exception):
    pass


def check(what, actual, expected):
    """`expected` is a value, or a function that says whether the actual one will do."""
    fits = expected(actual) if callable(expected) else actual == expected
    if not fits:
        raise CheckFailed(f"{what} is {actual!r}" +
                          ("" if callable(expected) else f", not {expected!r}"))


def wait_for(what, find, within=10.0):
    """Polls until `find` gives something true."""
    deadline = time.monotonic() + within
    while True:
        found = find()
        if found:
            return found
        if time.monotonic() > deadline:
            raise CheckFailed(f"{what} did not come within {within:g} s")
        time.sleep(0.02)


def settings():
    """demo.json, with base_url as the client shall use it; and what the runner adds."""
    return json.loads(os.environ["PARLEY_CLIENT"])


def run(main, refusals=()):
    """Exit code 0, or 3 with a line when a check failed or the client's library refused an answer
    with one of the exceptions `refusals`; anything else is a crash."""
    try:
        main(settings())
    except (CheckFailed, *refusals) as failed:
        print("CHECK FAILED:", " ".join(str(failed).split()))
        sys.exit(3)
