"""Asks the questions of a form one by one, and looks back at the whole. What was typed is never lost unasked."""

from dataclasses import replace
from pathlib import Path

from mutualaid.core.interview import COMMANDS, END, Interview, answer, back, go_to, listed, question
from mutualaid.core.retelling import field_of
from mutualaid.errors import Misuse
from mutualaid.flows.take_in_offline import Desk, Draft, consider, keep_answers
from mutualaid.talks.words import YES, StoppedError, hear, say, show, tell_plainly

WRITE = (*YES, "w", "write")
ORDERS = ("/back", "/go", "/list", "/end", "/quit", "?")


class Talk:
    """An interview at a terminal. `interview` always holds all that has been typed."""

    def __init__(self, desk: Desk, interview: Interview) -> None:
        self.desk, self.interview = desk, interview

    def run(self, *, is_dry: bool) -> Draft | None:
        """Return the draft to write, in a dry run the one to look at, or None where somebody stopped."""
        try:
            while True:
                while not self.interview.is_over:
                    if not self._ask():
                        return None
                draft = consider(self.desk, self.interview.answers)
                show(draft.text)
                tell_plainly((*draft.problems, *draft.hints))
                if is_dry:
                    return draft
                ends = self._look_back(draft)
                if ends is not None:
                    return draft if ends else None
        except (KeyboardInterrupt, StoppedError):
            return None

    def _ask(self) -> bool:
        """Ask one question, once; false to stop."""
        say(f"\n{question(self.interview)}")
        typed = hear("> ")
        if typed.split(" ")[0] in ORDERS:
            return self._obey(typed)
        if self.interview.takes_lines and typed.strip() not in ("", "-"):
            typed = self._with_more_lines(typed)
        taken = answer(self.interview, typed)
        if isinstance(taken, str):
            say(taken)
            return True
        asked, self.interview = self.interview, taken
        self._ask_again_where_wrong(asked)
        return True

    def _with_more_lines(self, first: str) -> str:
        lines = [first]
        try:
            while lines[-1].strip() != END:
                lines.append(hear("  "))
        except (KeyboardInterrupt, StoppedError):
            taken = answer(self.interview, "\n".join(lines))
            self.interview = taken if isinstance(taken, Interview) else self.interview
            raise
        return "\n".join(lines[:-1])

    def _ask_again_where_wrong(self, asked: Interview) -> None:
        """Tell at once what is wrong with an answer, or could point to somebody; ask again where it is wrong."""
        field = asked.asked
        if field is None or not self.interview.values[field.id]:
            return
        draft = consider(self.desk, self.interview.answers, is_alone=True)
        own = [one for one in draft.problems if field_of(one, self.desk.form) == field]
        own = [one for one in own if not one.code.endswith(".missing")]
        tell_plainly(own)
        tell_plainly(one for one in draft.hints if one.where.startswith(field.label))
        if any(one.is_error for one in own):
            self.interview = replace(self.interview, place=asked.place)

    def _obey(self, typed: str) -> bool:
        order, _, rest = typed.partition(" ")
        match order:
            case "/quit":
                return False
            case "/back":
                self.interview = back(self.interview)
            case "/end":
                self.interview = go_to(self.interview, self.interview.length)
            case "/list":
                say(listed(self.interview))
            case "/go" if rest.strip().isdecimal():
                self.interview = go_to(self.interview, int(rest) - 1)
            case _:
                say(COMMANDS)
        return True

    def _look_back(self, draft: Draft) -> bool | None:
        """Ask what to do with the whole: true to write it, false to stop, None where there is a question to ask."""
        ways = "write, /go and a number, /list or /quit" if draft.is_ready else "/go and a number, /list or /quit"
        while True:
            typed = hear(f"\nType {ways}: ").strip().casefold()
            if draft.is_ready and typed in WRITE:
                return True
            if typed.split(" ")[0] in ORDERS and not self._obey(typed):
                return False
            if not self.interview.is_over:
                return None


def offer_to_keep(interview: Interview, named: Path | None) -> None:
    """Keep what was typed in the file that the command named, or ask for one; a line alone keeps nothing."""
    while not interview.is_empty:
        try:
            name = named or hear("\nTo keep what you typed, type a file name. Enter alone keeps nothing: ").strip()
            if not name:
                return
            keep_answers(Path(name), interview.answers, interview.form, may_replace=named is not None)
        except (KeyboardInterrupt, StoppedError):
            say("")
            return
        except Misuse as error:
            say(str(error))
            named = None
            continue
        say(f"Kept in {name}. To go on: mutualaid new {interview.form.name} --draft {name}")
        return
