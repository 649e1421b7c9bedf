"""The keys: another passphrase, and the recovery kit, proved."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ....journal.sealing.recovery import RecoveryKit
from ....journal.trouble import Refused, WrongKey
from ...page import Form, page, rooms, say_of, taking, words


def routes() -> list[Route]:
    """The paths of these pages."""
    return [
        Route("/settings/passphrase", asking),
        Route("/settings/passphrase", change, methods=["POST"]),
        Route("/settings/kit", kit),
        Route("/settings/kit", recheck, methods=["POST"]),
        Route("/settings/kit/new", new_kit, methods=["POST"]),
        Route("/settings/kit/prove", prove, methods=["POST"]),
    ]


def asking(request: Request) -> Response:
    """Ask for the passphrase of today, and the new one twice."""
    with rooms(request).door.inside():
        return page(request, "settings/passphrase.html", wrong="", done=False)


@taking
def change(request: Request, form: Form) -> Response:
    """Wrap the same key by another passphrase."""
    old, new, again = (_typed(form, name) for name in ("old", "new", "again"))
    with rooms(request).door.inside() as practice:
        try:
            if new != again:
                raise Refused("the two new ones differ", "type the same twice")
            practice.journal.vault.change_passphrase(old, new)
        except (WrongKey, Refused) as trouble:
            return page(request, "settings/passphrase.html", status=422, wrong=str(trouble), done=False)
    return page(request, "settings/passphrase.html", wrong="", done=True)


def kit(request: Request) -> Response:
    """When the kit was proved last; it can be proved again, or made anew."""
    with rooms(request).door.inside() as practice:
        return page(request, "settings/kit.html", proved=practice.journal.vault.keys.kit_proved, wrong="", done=False)


@taking
def recheck(request: Request, form: Form) -> Response:
    """Prove the kit once more, the whole of it."""
    with rooms(request).door.inside() as practice:
        vault, wrong = practice.journal.vault, ""
        try:
            vault.recheck_kit(RecoveryKit.read(words(form, "kit", 200)), practice.journal.now())
        except (WrongKey, Refused) as trouble:
            wrong = str(trouble)
        return page(
            request,
            "settings/kit.html",
            status=422 if wrong else 200,
            proved=vault.keys.kit_proved,
            wrong=wrong,
            done=not wrong,
        )


@taking
def new_kit(request: Request, form: Form) -> Response:
    """Show a new kit, once. The passphrase is asked for again, as the old kit ends with it."""
    with rooms(request).door.inside() as practice:
        vault = practice.journal.vault
        try:
            vault.keys.open(_typed(form, "passphrase")).drop()
        except WrongKey as trouble:
            known = {"proved": vault.keys.kit_proved, "wrong": trouble.said(say_of(request))[0], "done": False}
            return page(request, "settings/kit.html", status=422, **known)
        return _shown(request, vault.new_kit())


@taking
def prove(request: Request, form: Form) -> Response:
    """Two groups typed back prove that it was written down."""
    with rooms(request).door.inside() as practice:
        vault = practice.journal.vault
        waiting = vault.kit
        typed = {number: words(form, f"group{number}", 20) for number in range(1, 9) if words(form, f"group{number}")}
        try:
            vault.prove_kit(typed, practice.journal.now())
        except WrongKey as trouble:
            if waiting is None:
                raise
            return _shown(request, waiting, trouble.said(say_of(request))[0])
        return page(request, "settings/kit.html", proved=vault.keys.kit_proved, wrong="", done=True)


def _shown(request: Request, kit: RecoveryKit, wrong: str = "") -> Response:
    status = 422 if wrong else 200
    asked = kit.to_prove()
    return page(request, "settings/new_kit.html", status=status, lines=str(kit).split("\n"), asked=asked, wrong=wrong)


def _typed(form: Form, name: str) -> str:
    """What was typed, with its spaces: they belong to a passphrase."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
