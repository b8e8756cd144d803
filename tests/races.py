"""Two at once: the first transaction is held open while the second starts. A naive pair of threads proves nothing."""

import threading

from django.db import close_old_connections, connections

WAIT = 30


def at_the_record_of(*modules):
    """The race of an area: both at once, the first held open where one of its modules records."""

    def race_there(monkeypatch, first, second):
        return race(monkeypatch, [(module, "record") for module in modules], first, second)

    return race_there


def race(monkeypatch, places, first, second):
    """Run `first` until it reaches one of `places` (module, name of a function it calls), then start `second`.

    The second must still be waiting when the first goes on. Answers what each returned or raised, in that order.
    """
    inside, go, answers = threading.Event(), threading.Event(), {}

    def held_open(function):
        def held(*args, **kwargs):
            if threading.current_thread().name == "first" and not inside.is_set():
                inside.set()
                assert go.wait(WAIT)
            return function(*args, **kwargs)

        return held

    def run(name, act):
        close_old_connections()
        try:
            answers[name] = act()
        except Exception as refused:
            answers[name] = refused
        finally:
            connections.close_all()

    for module, name in places:
        monkeypatch.setattr(module, name, held_open(getattr(module, name)))
    threads = {
        name: threading.Thread(target=run, args=(name, act), name=name)
        for name, act in (("first", first), ("second", second))
    }
    threads["first"].start()
    assert inside.wait(WAIT), answers
    threads["second"].start()
    threads["second"].join(0.5)
    assert "second" not in answers, "the second did not wait for the first"
    go.set()
    for thread in threads.values():
        thread.join(WAIT)
    return answers["first"], answers["second"]
