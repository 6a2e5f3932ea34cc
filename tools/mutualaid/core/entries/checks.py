"""Rules that a submission must keep: its schema (see `validation`), then what no schema can say. Pure."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mutualaid.core.entries import dates
from mutualaid.core.entries.addresses import ADDRESS, same_place
from mutualaid.core.entries.document import Steps
from mutualaid.core.entries.kind import Kind, Schema
from mutualaid.core.entries.markdown import lacks_words
from mutualaid.core.entries.near_duplicates import pairs_alike
from mutualaid.core.entries.problem import Problem, filled, in_reading_order
from mutualaid.core.entries.submission import Submission
from mutualaid.core.entries.validation import (
    Validator,
    field_at,
    name_of,
    problem_at,
    problems_with,
    validator_for,
    value_at,
)

Found = tuple[Steps, str, str]
"""What a rule finds: the steps to the field, what follows the field in the problem's code, and in its sentence."""


@dataclass(frozen=True)
class Rulebook:
    """A kind's validators, built once: of its entries, and of what is left of one that was retracted."""

    kind: Kind
    whole: Validator
    retracted: Validator

    @classmethod
    def of(cls, kind: Kind, retracted_schema: Schema) -> "Rulebook":
        return cls(kind, validator_for(kind.schema), validator_for(retracted_schema))

    def check(self, submission: Submission, today: dt.date) -> tuple[Problem, ...]:
        """Return every problem of one submission, in reading order; empty means that it can be accepted."""
        gone = submission.is_retracted
        broken = problems_with(submission.document, self.retracted if gone else self.whole)
        if not isinstance(submission.value, Mapping):
            return broken
        rules = (_slug_is_file_name,) if gone else CHECKS
        more = [_problem(submission, *found) for rule in rules for found in rule(submission, today)]
        marred = {problem.place for problem in broken}
        return in_reading_order((*broken, *(problem for problem in more if problem.place not in marred)))


def _found(steps: Steps, name: str, /, **facts: object) -> Found:
    return steps, name.partition(" ")[0], filled(__package__, "problems.md", name, **facts)


def _slug_is_file_name(submission: Submission, _today: dt.date) -> Iterator[Found]:
    slug, file = submission.value.get("slug"), submission.file_slug
    if isinstance(slug, str) and slug != file:
        yield _found(("slug",), "not-file-name", file=file, slug=slug)


def _web_address_is_secure(submission: Submission, _today: dt.date) -> Iterator[Found]:
    for steps, value in submission.groups:
        given = {name: str(value.get(name)) for name in ("url", "archived_url")}
        plain = {name: address for name, address in given.items() if address.startswith("http://")}
        if value.get("no_https") and not plain:
            yield _found((*steps, "no_https"), "not-needed")
        for name, address in plain.items() if not value.get("no_https") else ():
            yield _found((*steps, name), "not-secure", address=address)


def _title_holds_no_address(submission: Submission, _today: dt.date) -> Iterator[Found]:
    """An address belongs where it can be followed, checked and found again."""
    for steps, value in submission.groups:
        for name in ("title", "label"):
            if isinstance(value.get(name), str) and (found := ADDRESS.search(value[name])):
                yield _found((*steps, name), "address-inside", address=found[0][:60])


def _text_is_plain(submission: Submission, _today: dt.date) -> Iterator[Found]:
    """Text may hold paragraphs, lists, emphasis and links; a page would drop anything else."""
    for steps, text in submission.texts:
        if not MARKS.search(text):
            continue
        for pattern, what, cure in MARKUP:
            match = pattern.search(text)
            if match:
                yield _found(steps, "markup", what=what, text=match[0].strip()[:40], cure=cure)
        for target in LINK_TARGET.findall(text):
            if not target.startswith("https://"):
                yield _found(steps, "bad-link", target=target[:60])


def _text_can_be_seen(submission: Submission, _today: dt.date) -> Iterator[Found]:
    return unseen_texts(submission.texts)


def unseen_texts(texts: Iterable[tuple[Steps, str]]) -> Iterator[Found]:
    """Yield each of `texts` of which a reader would see nothing, or not the words of a link."""
    for steps, text in texts:
        if lacking := lacks_words(text):
            yield _found(steps, "not-visible" if lacking == "text" else "link-without-words")


def _steps_add_up(submission: Submission, _today: dt.date) -> Iterator[Found]:
    steps, allowed = submission.value.get("steps"), submission.value.get("minutes_max")
    if not isinstance(steps, list) or not isinstance(allowed, int):
        return
    given: list[Any] = [step.get("minutes") for step in steps if isinstance(step, Mapping)]
    if all(isinstance(count, int) for count in given) and sum(given) != allowed:
        yield _found(("minutes_max",), "does-not-add-up", allowed=allowed, total=sum(given))


def _least_is_not_more_than_most(submission: Submission, _today: dt.date) -> Iterator[Found]:
    for name in submission.kind.fields:
        most_name = name.removesuffix("_min") + "_max"
        least, most = submission.value.get(name), submission.value.get(most_name)
        if name.endswith("_min") and isinstance(least, int) and isinstance(most, int) and least > most:
            other = name_of((most_name,), submission.kind.schema)
            yield _found((name,), "more-than-most", least=least, other=other, most=most)


def _date_is_not_ahead(submission: Submission, today: dt.date) -> Iterator[Found]:
    for steps, value in submission.texts:
        if not value[:1].isdigit() or not dates.is_real(value) or dates.earliest(value) <= today:
            continue
        is_month = steps[-1] in ("added", "edited", "on", "dead_on")
        if is_month or field_at(steps, submission.kind.schema).get("format") == "edtf":
            yield _found(steps, "ahead", date=value)


def _removal_code_is_for_the_offline_way(submission: Submission, _today: dt.date) -> Iterator[Found]:
    """Only an entry that came in without an account may keep a removal code: others are known by their issue."""
    if "retraction" in submission.value and value_at(("intake", "channel"), submission.value) != "offline":
        yield _found(("retraction",), "not-offline")


CHECKS: tuple[Callable[[Submission, dt.date], Iterator[Found]], ...] = (
    _slug_is_file_name,
    _web_address_is_secure,
    _title_holds_no_address,
    _text_is_plain,
    _text_can_be_seen,
    _steps_add_up,
    _least_is_not_more_than_most,
    _date_is_not_ahead,
    _removal_code_is_for_the_offline_way,
)
MARKUP = (
    (re.compile(r"<[A-Za-z/!?][^>\n]*>?"), "HTML", "Write plain paragraphs, lists, *emphasis* and links."),
    (re.compile(r"!\["), "pictures", "Describe in words what the picture shows."),
    (re.compile(r"^ {0,3}#{1,6} .*", re.MULTILINE), "headings", "Write a plain paragraph in its place."),
    (re.compile(r"^ {0,3}(```|~~~)", re.MULTILINE), "code blocks", "Write plain paragraphs or a list."),
    (re.compile(r"^ {0,3}>", re.MULTILINE), "block quotes", "Put quotation marks around the words."),
    (re.compile(r"^ {0,3}\[[^\]]+\]:", re.MULTILINE), "link definitions", "Write links as [words](https://…)."),
)
MARKS = re.compile(r"[<!#`~>\[\]]")
"""One of these is in whatever `MARKUP` or `LINK_TARGET` finds."""
LINK_TARGET = re.compile(r"\]\(\s*<?([^)>\s]*)")


def check_together(submissions: Iterable[Submission]) -> tuple[Problem, ...]:
    """Return what is wrong between submissions that each may be right alone: names, addresses, near-equal texts."""
    submissions = tuple(submissions)
    living = [submission for submission in submissions if not submission.is_retracted]
    return (*_names_are_free(submissions), *_replacements_exist(living), *_texts_differ(living))


def check_beside(submission: Submission, others: Iterable[Submission]) -> tuple[Problem, ...]:
    file = submission.document.file
    return tuple(problem for problem in check_together((*others, submission)) if problem.place.file == file)


def _names_are_free(submissions: Iterable[Submission]) -> Iterator[Problem]:
    """Nothing by which an entry is known is another's of its kind; a tombstone keeps its name."""
    first: dict[tuple[str, str, str], tuple[Submission, Steps]] = {}
    for submission in sorted(submissions, key=lambda one: not one.is_retracted):
        for sort, name, steps, rule in _names_in(submission):
            other, place = first.setdefault((submission.kind.name, sort, name), (submission, steps))
            may_share = sort == "address" and all(one.value.get("same_source") for one in (submission, other))
            if (other is not submission or place != steps) and not may_share:
                yield _problem(submission, *_found(steps, rule, file=other.document.file, name=name))


def _names_in(submission: Submission) -> Iterator[tuple[str, str, Steps, str]]:
    """Yield the sort of a name, the name, the steps to it, and the rule that it breaks where it is another's."""
    yield "name", submission.file_slug, ("slug",), "taken of old"
    title, aliases = submission.value.get("title"), submission.value.get("aliases")
    if isinstance(title, str):
        yield "title", title.casefold(), ("title",), "taken"
    linked = [(steps, value["url"]) for steps, value in submission.groups if isinstance(value.get("url"), str)]
    own = {same_place(address): (*steps, "url") for steps, address in reversed(linked)}
    yield from (("address", address, steps, "already-used") for address, steps in reversed(own.items()))
    for index, alias in enumerate(aliases if isinstance(aliases, list) else ()):
        yield "name", str(alias), ("aliases", index), "taken by another"


def _replacements_exist(submissions: list[Submission]) -> Iterator[Problem]:
    slugs = {(submission.kind.name, submission.value.get("slug")) for submission in submissions}
    for submission in submissions:
        kind, successor = submission.kind.name, value_at(("retired", "replaced_by"), submission.value)
        if successor and (successor == submission.value.get("slug") or (kind, successor) not in slugs):
            steps = ("retired", "replaced_by")
            yield _problem(submission, *_found(steps, "no-such-entry", name=successor, kind=kind))


def _texts_differ(submissions: list[Submission]) -> Iterator[Problem]:
    texts = [" ".join([text for _, text in submission.texts])[:OPENING] for submission in submissions]
    for earlier, later, share in pairs_alike(texts):
        one, other = submissions[later], submissions[earlier]
        if one.kind.name == other.kind.name:
            found = _found((), "near-duplicate", share=share, file=other.document.file)
            yield replace(_problem(one, *found), weight="warning")


OPENING = 1000
"""Characters of an entry that are compared with others: enough to know a copy, little enough to compare thousands."""


def _problem(submission: Submission, steps: Steps, rule: str, sentence: str) -> Problem:
    return problem_at(steps, rule, sentence, submission.kind.schema, submission.document)
