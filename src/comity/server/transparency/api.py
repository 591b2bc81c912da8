"""What anyone may read: the charter, the signals, the model and the ledger."""

import base64
import re
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from comity import ledger
from comity.ledger import LedgerError, Tree
from comity.ledger.tiles import WIDTH
from comity.server import runtime
from comity.server.intake.schemas import ProblemOut
from comity.server.problems import Problem, json_response
from comity.server.transparency.describe import describe_charter, describe_signal
from comity.server.transparency.ledger import StoredTiles, head
from comity.server.transparency.models import LedgerEntry

router = Router(tags=["open to all"])

Place = Annotated[int, Query(ge=0, lt=2**63)]
Needed = Annotated[int, Query(..., ge=0, lt=2**63)]
MAX_ENTRIES: Final = 1_000
_PROBLEMS: Final = frozenset({404, 422})
_TILE: Final = re.compile(
    r"(entries|[0-9]|[1-5][0-9])/((?:x[0-9]{3}/){0,4}[0-9]{3})(?:\.p/([1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?"
)
"""Level, groups of three digits of the index, and the width of a tile that is not full.

Five groups are more entries than a column can number."""
_FOR_EVER: Final = {"Cache-Control": "public, max-age=31536000, immutable"}


@router.get("/charter", response={200: dict[str, Any], 422: ProblemOut})
def get_charter(request: HttpRequest, language: str = "") -> HttpResponse:
    """The charter in force: its values and articles, in all of its languages or in one."""
    charter = runtime.current().charter
    if language and language not in charter.languages:
        hint = f"it is written in {', '.join(charter.languages)}"
        raise Problem(422, "the charter is not in this language", where="language", hint=hint)
    tag = f'"{charter.sha256.removeprefix("sha256:")[:32]}{language}"'
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers={"ETag": tag})
    return json_response(describe_charter(charter, language), headers={"ETag": tag})


@router.get("/signals", response={200: list[dict[str, Any]]})
def get_signals(request: HttpRequest) -> HttpResponse:
    """Everything that is measured, and what the charter counts."""
    catalogue = runtime.current().charter.catalogue
    return json_response([describe_signal(signal) for signal in catalogue.values()])


@router.get("/model", response={200: dict[str, Any]})
def get_model(request: HttpRequest) -> HttpResponse:
    """Which model scores texts, and its card: what it was made from and how well it does."""
    scorer = runtime.current().scorer
    model = scorer.model
    named = {"name": model.name, "version": model.version, "sha256": model.sha256}
    return json_response({**named, "card": dict(scorer.card)})


@router.get("/ledger/checkpoint", response={200: str})
def get_checkpoint(request: HttpRequest) -> HttpResponse:
    """The signed head of the ledger, a C2SP checkpoint."""
    return _text(head().note)


@router.get("/ledger/key", response={200: str})
def get_key(request: HttpRequest) -> HttpResponse:
    """The key that the ledger's checkpoints are verified with."""
    return _text(f"{runtime.current().signer.verifier}\n")


@router.get("/ledger/entries", response={200: dict[str, Any], 422: ProblemOut})
def get_entries(request: HttpRequest, start: Place = 0, end: Place | None = None) -> HttpResponse:
    """The entries from `start` to before `end`, at most 1,000; `body` is what is hashed."""
    end = min(start + MAX_ENTRIES, 2**63 - 1 if end is None else end)
    rows = LedgerEntry.objects.filter(index__gte=start, index__lt=end).order_by("index")
    return json_response(
        {
            "entries": [
                {"index": row.index, "leaf_hash": _base64(row.leaf_hash), "body": _utf8(row.body)}
                for row in rows
            ]
        }
    )


@router.get("/ledger/proof/inclusion", response={200: dict[str, Any], _PROBLEMS: ProblemOut})
def prove_inclusion(request: HttpRequest, index: Needed, size: Place | None = None) -> HttpResponse:
    """Prove that an entry is in the ledger of `size` entries, the newest by default.

    `proof` is a file to keep (C2SP tlog-proof), for the newest size only.
    """
    newest = head()
    tree = _tree(newest.frontier.size, size, "size")
    try:
        hashes = tree.inclusion(index)
    except LedgerError as error:
        raise Problem(404, str(error), where="index") from None
    answer = {
        "index": index,
        "size": tree.size,
        "root": _base64(tree.root),
        "hashes": [_base64(digest) for digest in hashes],
    }
    if tree.size == newest.frontier.size:
        answer["proof"] = str(ledger.InclusionProof(index, hashes, newest.note))
    return json_response(answer)


@router.get("/ledger/proof/consistency", response={200: dict[str, Any], _PROBLEMS: ProblemOut})
def prove_consistency(request: HttpRequest, old: Needed, new: Place | None = None) -> HttpResponse:
    """Prove that the ledger of `new` entries begins with the whole ledger of `old`."""
    tree = _tree(head().frontier.size, new, "new")
    try:
        hashes = tree.consistency(old)
    except LedgerError as error:
        raise Problem(422, str(error), where="old") from None
    return json_response(
        {
            "old": old,
            "new": tree.size,
            "old_root": _base64(Tree(StoredTiles(), old).root),
            "new_root": _base64(tree.root),
            "hashes": [_base64(digest) for digest in hashes],
        }
    )


@router.get("/ledger/tile/{path:path}", response={200: bytes, 404: ProblemOut})
def get_tile(request: HttpRequest, path: str) -> HttpResponse:
    """A tile of the tree or a bundle of entries, where C2SP tlog-tiles has it."""
    found = _TILE.fullmatch(path)
    if found is None:
        raise Problem(404, "this is no path of a tile", where="path")
    level, groups, partial = found.groups()
    index = int(groups.replace("x", "").replace("/", ""))
    width = int(partial or WIDTH)
    try:
        data = _bundle(index, width) if level == "entries" else _hashes(int(level), index, width)
    except LedgerError as error:
        raise Problem(404, str(error), where="path") from None
    return HttpResponse(data, content_type="application/octet-stream", headers=_FOR_EVER)


def _hashes(level: int, index: int, width: int) -> bytes:
    return StoredTiles().tile(level, index, width)


def _bundle(index: int, width: int) -> bytes:
    start = index * WIDTH
    rows = LedgerEntry.objects.filter(index__gte=start, index__lt=start + width).order_by("index")
    bodies = [bytes(body) for body in rows.values_list("body", flat=True)]
    if len(bodies) < width:
        raise LedgerError("there are not so many entries yet")
    return b"".join(len(body).to_bytes(2) + body for body in bodies)


def _tree(newest: int, size: int | None, where: str) -> Tree:
    if size is not None and size > newest:
        raise Problem(422, f"the ledger has {newest:,} entries", where=where)
    return Tree(StoredTiles(), newest if size is None else size)


def _base64(data: bytes | memoryview) -> str:
    return base64.b64encode(data).decode()


def _utf8(data: bytes | memoryview) -> str:
    return bytes(data).decode()


def _text(content: str) -> HttpResponse:
    return HttpResponse(content, content_type="text/plain; charset=utf-8")
