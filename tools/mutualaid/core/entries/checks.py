"""Rules that a submission must keep: its schema (see `validation`), then what no schema can say. Pure."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from mutualaid.core.entries import dates
from mutualaid.core.entries.addresses import ADDRESS, same_place
from mutualaid.core.entries.document import Steps
from mutualaid.core.entries.kind import Kind, Schema
from mutualaid.core.entries.markdown import lacks_words
from mutualaid.core.entries.near_duplicates import pairs_alike
from mutualaid.core.entries.problem import Problem, in_reading_order
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
        """Build the rulebook of `kind`."""
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


def _slug_is_file_name(submission: Submission, _today: dt.date) -> Iterator[Found]:
    slug, file = submission.value.get("slug"), submission.file_slug
    if isinstance(slug, str) and slug != file:
        said = f"must be the file's own name. The file is `{file}.yaml`, the slug says `{slug}`."
        yield ("slug",), "not-file-name", f"{said} Rename the file, or set the slug to its name."


def _web_address_is_secure(submission: Submission, _today: dt.date) -> Iterator[Found]:
    for steps, value in submission.groups:
        given = {name: str(value.get(name)) for name in ("url", "archived_url")}
        plain = {name: address for name, address in given.items() if address.startswith("http://")}
        if value.get("no_https") and not plain:
            said = "is set, though the address starts with https://. Take the line `no_https: true` out."
            yield (*steps, "no_https"), "not-needed", said
        for name, address in plain.items() if not value.get("no_https") else ():
            said = (
                f"must start with https://. You wrote: {address!r}. Try the address with https:// in a browser; "
                "where only http:// works, add `no_https: true` beside it."
            )
            yield (*steps, name), "not-secure", said


def _title_holds_no_address(submission: Submission, _today: dt.date) -> Iterator[Found]:
    """An address belongs where it can be followed, checked and found again."""
    for steps, value in submission.groups:
        for name in ("title", "label"):
            if isinstance(value.get(name), str) and (found := ADDRESS.search(value[name])):
                said = f"must hold no web address. You wrote: {found[0][:60]!r}. Move it to where links are asked for."
                yield (*steps, name), "address-inside", said


def _text_is_plain(submission: Submission, _today: dt.date) -> Iterator[Found]:
    """Text may hold paragraphs, lists, emphasis and links; a page would drop anything else."""
    for steps, text in submission.texts:
        if not MARKS.search(text):
            continue
        for pattern, what, cure in MARKUP:
            match = pattern.search(text)
            if match:
                yield steps, "markup", f"must not hold {what}. You wrote: {match[0].strip()[:40]!r}. {cure}"
        for target in LINK_TARGET.findall(text):
            if not target.startswith("https://"):
                yield steps, "bad-link", f"holds a link to {target[:60]!r}. A link must start with https://."


def _text_can_be_seen(submission: Submission, _today: dt.date) -> Iterator[Found]:
    return unseen_texts(submission.texts)


def unseen_texts(texts: Iterable[tuple[Steps, str]]) -> Iterator[Found]:
    """Yield each of `texts` of which a reader would see nothing, or not the words of a link."""
    for steps, text in texts:
        if lacking := lacks_words(text):
            yield steps, *UNSEEN[lacking]


def _steps_add_up(submission: Submission, _today: dt.date) -> Iterator[Found]:
    steps, allowed = submission.value.get("steps"), submission.value.get("minutes_max")
    if not isinstance(steps, list) or not isinstance(allowed, int):
        return
    given = [step.get("minutes") for step in steps if isinstance(step, Mapping)]
    minutes = [count for count in given if isinstance(count, int)]
    if len(minutes) == len(given) and sum(minutes) != allowed:
        said = f"must be the sum of the steps' minutes. It says {allowed}, the steps add up to {sum(minutes)}."
        yield ("minutes_max",), "does-not-add-up", f"{said} Change one or the other."


def _least_is_not_more_than_most(submission: Submission, _today: dt.date) -> Iterator[Found]:
    for name in submission.kind.fields:
        most_name = name.removesuffix("_min") + "_max"
        least, most = submission.value.get(name), submission.value.get(most_name)
        if name.endswith("_min") and isinstance(least, int) and isinstance(most, int) and least > most:
            other = name_of((most_name,), submission.kind.schema)
            said = f"is {least}, which is more than {other}, {most}. Swap or correct the two numbers."
            yield (name,), "more-than-most", said


def _date_is_not_ahead(submission: Submission, today: dt.date) -> Iterator[Found]:
    for steps, value in submission.texts:
        if not value[:1].isdigit() or not dates.is_real(value) or dates.earliest(value) <= today:
            continue
        is_month = steps[-1] in ("added", "edited", "on", "dead_on")
        if is_month or field_at(steps, submission.kind.schema).get("format") == "edtf":
            yield steps, "ahead", f"must not lie in the future. You wrote: {value!r}. Correct the date."


def _removal_code_is_for_the_offline_way(submission: Submission, _today: dt.date) -> Iterator[Found]:
    """Only an entry that came in without an account may keep a removal code: others are known by their issue."""
    if "retraction" in submission.value and value_at(("intake", "channel"), submission.value) != "offline":
        said = "is kept only for an entry whose channel is `offline`. Take the field `retraction` out."
        yield ("retraction",), "not-offline", said


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
UNSEEN = {
    "text": ("not-visible", "must have words that a reader can see. As it is, nothing would be shown. Type them anew."),
    "link": ("link-without-words", "holds a link without words. Write them between the brackets: [words](https://…)."),
}
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
    return (
        *_names_are_free(living),
        *_replacements_exist(living),
        *_aliases_are_free(living, submissions),
        *_texts_differ(living),
    )


def check_beside(submission: Submission, others: Iterable[Submission]) -> tuple[Problem, ...]:
    """Return what is wrong with one submission beside `others`."""
    file = submission.document.file
    return tuple(problem for problem in check_together((*others, submission)) if problem.place.file == file)


def _names_are_free(submissions: list[Submission]) -> Iterator[Problem]:
    """No two entries of a kind have one title, nor one address, unless both say that they rest on it."""
    first: dict[tuple[str, str, str], Submission] = {}
    for submission in submissions:
        shares = submission.value.get("same_source")
        for rule, name, steps in _names_in(submission):
            other = first.setdefault((submission.kind.name, rule, name), submission)
            is_free = other is submission or (rule == "already-used" and shares and other.value.get("same_source"))
            if not is_free:
                yield _problem(submission, steps, rule, NOT_FREE[rule].format(other.document.file))


def _names_in(submission: Submission) -> Iterator[tuple[str, str, Steps]]:
    title = submission.value.get("title")
    if isinstance(title, str):
        yield "taken", title.casefold(), ("title",)
    linked = [(steps, value["url"]) for steps, value in submission.groups if isinstance(value.get("url"), str)]
    own = {same_place(address): (*steps, "url") for steps, address in reversed(linked)}
    yield from (("already-used", address, steps) for address, steps in reversed(own.items()))


NOT_FREE = {
    "taken": (
        "is already in {}. If both speak of the same thing, merge them; otherwise make this title say how it differs."
    ),
    "already-used": (
        "is already in {}. If the two entries speak of the same thing, merge them; "
        "if both rightly rest on this address, add `same_source: true` to each."
    ),
}


def _replacements_exist(submissions: list[Submission]) -> Iterator[Problem]:
    slugs = {(submission.kind.name, submission.value.get("slug")) for submission in submissions}
    for submission in submissions:
        kind, successor = submission.kind.name, value_at(("retired", "replaced_by"), submission.value)
        if successor and (successor == submission.value.get("slug") or (kind, successor) not in slugs):
            said = f"must name another entry of the same kind. There is no other `{successor}` in submissions/{kind}."
            yield _problem(submission, ("retired", "replaced_by"), "no-such-entry", said)


def _aliases_are_free(living: Iterable[Submission], submissions: Iterable[Submission]) -> Iterator[Problem]:
    """An old name may be no other entry's name, tombstones included, nor another one's old name."""
    slugs = {(submission.kind.name, submission.file_slug): submission for submission in submissions}
    holders = dict(slugs)
    for submission in living:
        aliases = submission.value.get("aliases")
        for index, alias in enumerate(aliases if isinstance(aliases, list) else ()):
            other = holders.setdefault((submission.kind.name, alias), submission)
            if other is not submission or alias == submission.file_slug:
                sentence = f"is taken: {other.document.file} has `{alias}`. Take it out here, or there."
                yield _problem(submission, ("aliases", index), "taken", sentence)
                if slugs.get((submission.kind.name, alias)) not in (None, submission):
                    sentence = f"is an earlier name of {submission.document.file}. Give this entry another."
                    yield _problem(other, ("slug",), "taken", sentence)


def _texts_differ(submissions: list[Submission]) -> Iterator[Problem]:
    texts = [" ".join([text for _, text in submission.texts])[:OPENING] for submission in submissions]
    for earlier, later, share in pairs_alike(texts):
        one, other = submissions[later], submissions[earlier]
        if one.kind.name == other.kind.name:
            sentence = (
                f"shares {share:.0%} of its wording with {other.document.file}. "
                "Look at both: keep one, or make plain how they differ."
            )
            yield replace(_problem(one, (), "near-duplicate", sentence), weight="warning")


OPENING = 1000
"""Characters of an entry that are compared with others: enough to know a copy, little enough to compare thousands."""


def _problem(submission: Submission, steps: Steps, rule: str, sentence: str) -> Problem:
    return problem_at(steps, rule, sentence, submission.kind.schema, submission.document)
