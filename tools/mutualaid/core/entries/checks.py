"""Rules that a submission must keep: its schema (see `validation`), then what no schema can say. Pure."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from mutualaid.core.entries import dates
from mutualaid.core.entries.document import Document, Steps
from mutualaid.core.entries.kind import Kind, Schema
from mutualaid.core.entries.messages import code_name, field_at, name_of
from mutualaid.core.entries.near_duplicates import pairs_alike
from mutualaid.core.entries.problem import Problem, in_reading_order
from mutualaid.core.entries.shown import lacks_words
from mutualaid.core.entries.submission import Submission
from mutualaid.core.entries.validation import Validator, problems_with, validator_for


@dataclass(frozen=True)
class Rulebook:
    """A kind's validators, built once, and the rules that hold beyond its schema."""

    kind: Kind
    validator: Validator
    retracted_schema: Schema
    retracted_validator: Validator

    @classmethod
    def of(cls, kind: Kind, retracted_schema: Schema) -> "Rulebook":
        """Build the rulebook of `kind`; `retracted_schema` says what is left of a retracted entry."""
        return cls(kind, validator_for(kind.schema), retracted_schema, validator_for(retracted_schema))

    def check(self, submission: Submission, today: dt.date) -> tuple[Problem, ...]:
        """Return every problem of one submission, in reading order; empty means that it can be accepted."""
        if submission.is_retracted:
            broken = problems_with(submission.document, self.retracted_schema, self.retracted_validator)
            return in_reading_order(broken + tuple(slug_is_file_name(submission, today)))
        broken = problems_with(submission.document, self.kind.schema, self.validator)
        if not isinstance(submission.value, Mapping):
            return broken
        more = [problem for rule in CHECKS for problem in rule(submission, today)]
        if not broken and not more:
            return ()
        marred = {problem.place for problem in broken}
        return in_reading_order((*broken, *(problem for problem in more if problem.place not in marred)))


def slug_is_file_name(submission: Submission, _today: dt.date) -> Iterator[Problem]:
    """The short name must be the file's own name."""
    slug = submission.value.get("slug")
    if isinstance(slug, str) and slug != submission.file_slug:
        yield _problem(
            submission,
            ("slug",),
            "not-file-name",
            f"must be the file's own name. The file is `{submission.file_slug}.yaml`, the slug says `{slug}`. "
            "Rename the file, or set the slug to its name.",
        )


def web_address_is_secure(submission: Submission, _today: dt.date) -> Iterator[Problem]:
    """A link must start with https://, unless only an http:// address is known and the entry says so."""
    for steps, value in submission.groups:
        for name in ("url", "archived_url"):
            address = value.get(name)
            if not isinstance(address, str):
                continue
            if address.startswith("http://") and not value.get("no_https"):
                yield _problem(
                    submission,
                    (*steps, name),
                    "not-secure",
                    f"must start with https://. You wrote: {address!r}. Try the address with https:// in a browser; "
                    "where only http:// works, add `no_https: true` beside it.",
                )
        if value.get("no_https") and not any(
            str(value.get(name, "")).startswith("http://") for name in ("url", "archived_url")
        ):
            yield _problem(
                submission,
                (*steps, "no_https"),
                "not-needed",
                "is set, though the address starts with https://. Take the line `no_https: true` out.",
            )


def text_is_plain(submission: Submission, _today: dt.date) -> Iterator[Problem]:
    """Text may hold paragraphs, lists, emphasis and links; a page would drop anything else."""
    for steps, text in submission.texts:
        if not MARKS.search(text):
            continue
        for pattern, what, cure in MARKUP:
            match = pattern.search(text)
            if match:
                found = match.group(0).strip()[:40]
                yield _problem(submission, steps, "markup", f"must not hold {what}. You wrote: {found!r}. {cure}")
        for target in LINK_TARGET.findall(text):
            if not target.startswith("https://"):
                yield _problem(
                    submission,
                    steps,
                    "bad-link",
                    f"holds a link to {target[:60]!r}. A link must start with https://.",
                )


def text_can_be_seen(submission: Submission, _today: dt.date) -> Iterator[Problem]:
    """A text must show something to a reader, and so must each link in it."""
    return unseen_texts(submission.document, submission.texts, submission.kind.schema)


def unseen_texts(document: Document, texts: Iterable[tuple[Steps, str]], schema: Schema) -> Iterator[Problem]:
    """Yield a problem for each of `texts` of which a reader would see nothing, or not the words of a link."""
    for steps, text in texts:
        lacking = lacks_words(text)
        if lacking:
            where, (rule, sentence) = name_of(steps, schema), UNSEEN[lacking]
            code = f"{code_name(steps)}.{rule}"
            yield Problem(code, where, f"{where} {sentence}", document.place_of(steps))


def steps_add_up(submission: Submission, _today: dt.date) -> Iterator[Problem]:
    """The minutes of the steps must add up to the time to allow."""
    steps, allowed = submission.value.get("steps"), submission.value.get("minutes_max")
    if not isinstance(steps, list) or not isinstance(allowed, int):
        return
    given = [step.get("minutes") for step in steps if isinstance(step, Mapping)]
    minutes = [count for count in given if isinstance(count, int)]
    if len(minutes) == len(given) and sum(minutes) != allowed:
        yield _problem(
            submission,
            ("minutes_max",),
            "does-not-add-up",
            f"must be the sum of the steps' minutes. It says {allowed}, the steps add up to {sum(minutes)}. "
            "Change one or the other.",
        )


def least_is_not_more_than_most(submission: Submission, _today: dt.date) -> Iterator[Problem]:
    """A smallest number must not be larger than the largest."""
    for least_name in submission.kind.least_fields:
        most_name = least_name.removesuffix("_min") + "_max"
        least, most = submission.value.get(least_name), submission.value.get(most_name)
        if isinstance(least, int) and isinstance(most, int) and least > most:
            other = name_of((most_name,), submission.kind.schema)
            yield _problem(
                submission,
                (least_name,),
                "more-than-most",
                f"is {least}, which is more than {other}, {most}. Swap or mend the two numbers.",
            )


def date_is_not_ahead(submission: Submission, today: dt.date) -> Iterator[Problem]:
    """A date must not lie in the future."""
    for steps, value in submission.texts:
        if not value[:1].isdigit() or not dates.is_real(value) or dates.earliest(value) <= today:
            continue
        is_date = field_at(steps, submission.kind.schema).get("format") == "edtf" or steps[-1] in ("added", "on")
        if is_date:
            yield _problem(
                submission, steps, "ahead", f"must not lie in the future. You wrote: {value!r}. Mend the date."
            )


def removal_code_is_for_the_offline_way(submission: Submission, _today: dt.date) -> Iterator[Problem]:
    """Only an entry that came in without an account may keep a removal code: others are known by their issue."""
    intake = submission.value.get("intake")
    channel = intake.get("channel") if isinstance(intake, Mapping) else None
    if "retraction" in submission.value and channel != "offline":
        yield _problem(
            submission,
            ("retraction",),
            "not-offline",
            "is kept only for an entry whose channel is `offline`. Take the field `retraction` out.",
        )


CHECKS: tuple[Callable[[Submission, dt.date], Iterator[Problem]], ...] = (
    slug_is_file_name,
    web_address_is_secure,
    text_is_plain,
    text_can_be_seen,
    steps_add_up,
    least_is_not_more_than_most,
    date_is_not_ahead,
    removal_code_is_for_the_offline_way,
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
"""One of these stands in whatever `MARKUP` or `LINK_TARGET` finds."""
LINK_TARGET = re.compile(r"\]\(\s*<?([^)>\s]*)")


def check_together(submissions: Iterable[Submission]) -> tuple[Problem, ...]:
    """Return what is wrong between submissions that each may be right alone: names, addresses, near-equal texts."""
    submissions = tuple(submissions)
    living = [submission for submission in submissions if not submission.is_retracted]
    return (
        *_titles_are_free(living),
        *_addresses_are_free(living),
        *_replacements_exist(living),
        *_aliases_are_free(living, submissions),
        *_texts_differ(living),
    )


def check_beside(submission: Submission, others: Iterable[Submission]) -> tuple[Problem, ...]:
    """Return what is wrong with one submission beside `others`."""
    file = submission.document.file
    return tuple(problem for problem in check_together((*others, submission)) if problem.place.file == file)


def _titles_are_free(submissions: list[Submission]) -> Iterator[Problem]:
    first: dict[tuple[str, str], Submission] = {}
    for submission in submissions:
        title = submission.value.get("title")
        if not isinstance(title, str):
            continue
        other = first.setdefault((submission.kind.name, title.casefold()), submission)
        if other is not submission:
            yield _problem(
                submission,
                ("title",),
                "taken",
                f"stands already on {other.document.file}. If both speak of the same thing, merge them; "
                "otherwise make this title say how it differs.",
            )


def _addresses_are_free(submissions: list[Submission]) -> Iterator[Problem]:
    first: dict[tuple[str, str], Submission] = {}
    for submission in submissions:
        seen: set[str] = set()
        for steps, value in submission.groups:
            address = value.get("url")
            if not isinstance(address, str):
                continue
            plain = normalised(address)
            if plain in seen:
                continue
            seen.add(plain)
            other = first.setdefault((submission.kind.name, plain), submission)
            if other is submission or _both_share(submission, other):
                continue
            yield _problem(
                submission,
                (*steps, "url"),
                "already-used",
                f"stands already in {other.document.file}. If the two entries speak of the same thing, merge them; "
                "if both rightly rest on this address, add `same_source: true` to each.",
            )


def _both_share(one: Submission, other: Submission) -> bool:
    return bool(one.value.get("same_source")) and bool(other.value.get("same_source"))


def _replacements_exist(submissions: list[Submission]) -> Iterator[Problem]:
    slugs = {(submission.kind.name, submission.value.get("slug")) for submission in submissions}
    for submission in submissions:
        retired = submission.value.get("retired")
        successor = retired.get("replaced_by") if isinstance(retired, Mapping) else None
        if successor and (successor == submission.value.get("slug") or (submission.kind.name, successor) not in slugs):
            yield _problem(
                submission,
                ("retired", "replaced_by"),
                "no-such-entry",
                f"must name another entry of the same kind. There is no other `{successor}` in "
                f"submissions/{submission.kind.name}.",
            )


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
            yield _problem(
                one,
                (),
                "near-duplicate",
                f"shares {share:.0%} of its wording with {other.document.file}. "
                "Look at both: keep one, or make plain how they differ.",
                warn=True,
            )


OPENING = 1000
"""Characters of an entry that are compared with others: enough to know a copy, little enough to compare thousands."""


SCHEME = re.compile(r"^https?://(www\.)?")


def normalised(address: str) -> str:
    """Return a web address without what does not change where it leads: scheme, `www.`, a last slash, a fragment."""
    plain = SCHEME.sub("", address.partition("#")[0])
    host, slash, rest = plain.partition("/")
    return (host.lower() + slash + rest).rstrip("/")


def _problem(submission: Submission, steps: Steps, rule: str, sentence: str, *, warn: bool = False) -> Problem:
    where = name_of(steps, submission.kind.schema)
    return Problem(
        f"{code_name(steps)}.{rule}",
        where,
        f"{where} {sentence}",
        submission.document.place_of(steps),
        "warning" if warn else "error",
    )
