"""Whatever is sent to the API, it says in JSON what is wrong, and never fails."""

from contextlib import suppress

import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case
from schemathesis.generation import GenerationMode

from tests.server.support import Server

_EXAMPLES = 15
"""For each address, of what the document allows, and as many of what it does not."""


def test_no_request_makes_the_server_fail(server: Server) -> None:
    address = f"http://127.0.0.1:{server.port}/v1/openapi.json"
    document = schemathesis.openapi.from_url(address)
    operations = [found.ok() for found in document.get_all_operations()]
    assert len(operations) >= 12
    for operation in operations:
        for mode in GenerationMode:
            # An address that takes nothing leaves nothing to get wrong.
            with suppress(Unsatisfiable):
                _send_many(operation.as_strategy(generation_mode=mode), server)


def _send_many(strategy, server: Server) -> None:
    @given(case=strategy)
    @settings(
        max_examples=_EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def send(case: Case) -> None:
        answer = case.call(headers={"Authorization": f"Bearer {server.key()}"})
        said = f"{case.method} {case.formatted_path}: {answer.status_code} {answer.text}"
        assert answer.status_code < 500, said
        if answer.status_code >= 400:
            assert answer.json()["error"]["message"], said

    send()
