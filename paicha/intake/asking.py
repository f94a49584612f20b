"""The page that asks which column of a list is what, for any kind of list; and a list opened for reading."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from paicha.formats.readers.source import Source
from paicha.intake.columns import Refused, Wanted, answers, asked_of, open_file
from paicha.intake.models import State, Upload
from paicha.intake.selectors import files_of, saved_columns
from paicha.intake.services import set_columns
from paicha.intake.storage import FilesGone, in_the_clear
from paicha.organizations.access import Scope

UNFIT = 422
GONE = "文件已过保存期，请重新上传。"


@contextmanager
def opened(upload: Upload) -> Iterator[Source]:
    """The uploaded file, in the clear for as long as the block lasts. Raises FilesGone, Refused."""
    with in_the_clear(files_of(upload)) as paths:
        yield open_file(paths[0])


class Around(NamedTuple):
    """The addresses around the page: whence one comes (`page`, as people call it), what the file would do, and where
    it is discarded."""

    page: str
    back: str
    preview: str
    discard: str


def ask_columns(request: HttpRequest, scope: Scope, upload: Upload, wanted: Wanted, around: Around) -> HttpResponse:
    """Which column is what: guessed, shown with a few values, said by a person, kept for the next time."""
    if upload.state != State.RECEIVED:
        return redirect(around.preview)
    problem, asked = "", []
    try:
        with opened(upload) as source:
            asked = asked_of(wanted, source, saved_columns(scope.committee_id, wanted.kind))
        if request.method == "POST":
            said = answers(wanted, asked, [request.POST.get(f"column-{n}", "") for n in range(len(asked))])
            set_columns(actor=scope.user, kind=wanted.kind, called=wanted.called, columns=said)
            return redirect(around.preview)
    except FilesGone:
        messages.error(request, GONE)
        return redirect(around.back)
    except Refused as refused:
        problem = f"{refused}。"
    chosen = [request.POST.get(f"column-{n}", column.ours) for n, column in enumerate(asked)]
    context = {
        "wanted": wanted,
        "asked": list(zip(asked, chosen, strict=True)),
        "problem": problem,
        "around": around,
    }
    return render(request, "intake/columns.html", context, status=UNFIT if problem else 200)
