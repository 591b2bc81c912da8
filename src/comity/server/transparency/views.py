"""The pages that anyone may read: what the community agreed, what is measured, the record."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from comity.server import runtime
from comity.server.console.words import readers_language
from comity.server.transparency import card, pages, services
from comity.server.transparency.models import Checkpoint, LedgerEntry
from comity.signals import CATALOGUE


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    charter = runtime.current().charter
    newest = Checkpoint.objects.order_by("-size").first()
    context = {
        "charter": charter,
        "values": pages.values(charter, readers_language()),
        "signals": len(CATALOGUE),
        "size": newest.size if newest else 0,
    }
    return render(request, "transparency/home.html", context)


@require_safe
def charter(request: HttpRequest) -> HttpResponse:
    """The charter in force, in the language asked for with `?in=` or else the reader's."""
    running = runtime.current()
    in_force = running.charter
    asked = request.GET.get("in", "")
    language = asked if asked in in_force.languages else readers_language()
    version = services.charter_in_force(running.community)
    context = {
        "charter": in_force,
        "language": language if language in in_force.languages else in_force.languages[0],
        "values": pages.values(in_force, language),
        "clauses": pages.clauses(in_force, language),
        "since": version.in_force_from if version else None,
    }
    return render(request, "transparency/charter.html", context)


@require_safe
def signals(request: HttpRequest) -> HttpResponse:
    catalogue = runtime.current().charter.catalogue
    groups = list(pages.signal_groups(catalogue, readers_language()))
    return render(request, "transparency/signals.html", {"groups": groups})


@require_safe
def model(request: HttpRequest) -> HttpResponse:
    scorer = runtime.current().scorer
    context = {
        "model": scorer.model,
        "qualities": card.qualities(scorer.card),
        "fields": card.other_fields(scorer.card),
    }
    return render(request, "transparency/model.html", context)


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """The latest entries; `?q=` goes to one, by its number or by the id of its decision."""
    query = request.GET.get("q", "").strip()
    found = services.entry_of(query) if query else None
    if found is not None:
        return redirect("ledger_entry", found)
    before = request.GET.get("before", "")
    entries = pages.rows(int(before) if before.isdecimal() and len(before) < 19 else None)
    context = {
        "query": query,
        "checkpoint": Checkpoint.objects.order_by("-size").first(),
        "entries": entries,
        "older": entries[-1].index if entries else 0,
        "key": runtime.current().signer.verifier,
    }
    return render(request, "transparency/ledger.html", context)


@require_safe
def ledger_entry(request: HttpRequest, index: int) -> HttpResponse:
    entry = _entry(index)
    context = {
        "index": index,
        "body": pages.readable(entry),
        "leaf_hash": bytes(entry.leaf_hash).hex(),
        "proof": pages.prove(entry, runtime.current().signer.verifier),
    }
    return render(request, "transparency/entry.html", context)


@require_safe
def ledger_proof(request: HttpRequest, index: int) -> HttpResponse:
    """The proof as a file to keep, with the entry in it (C2SP tlog-proof)."""
    return HttpResponse(
        str(pages.proof_of(_entry(index))),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="entry-{index}.tlog-proof"'},
    )


def _entry(index: int) -> LedgerEntry:
    # Larger numbers fit no database column.
    if index >= 2**63:
        raise Http404
    return get_object_or_404(LedgerEntry, pk=index)
