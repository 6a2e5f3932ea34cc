"""An entry as Typst: the blocks of its page, in the page's order, for books and for the sheets of whoever leads."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from mutualaid.core.entries import dates
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.presentation import Block, Fact, Link, Notice, Presented, Source, Step, card_of, present
from mutualaid.text.markdown_to_typst import Prose, Reach, line_tokens, prose_tokens
from mutualaid.text.typst import array, content, literal, text

FACTS_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class EntryText:
    """Writes entries; headings of their parts stand at `level`. `leaves_out` are shapes of blocks not wanted."""

    reach: Reach
    today: dt.date
    level: int = 3
    leaves_out: frozenset[str] = frozenset()
    columns: int = FACTS_IN_A_ROW
    others: Mapping[str, Entry] = field(default_factory=dict)

    def parts(self, entry: Entry) -> str:
        """Return everything below an entry's title and summary."""
        presented = present(entry, self.today, self.others)
        made = [self._warnings(presented)]
        shown = (block for block in presented.blocks if block.shape not in self.leaves_out)
        made += (self._block(block) for block in shown)
        if "imprint" not in self.leaves_out:
            made.append(self.imprint(presented.imprint))
        return "".join(made)

    def _warnings(self, presented: Presented) -> str:
        status = f"#strong({literal(presented.status.words)})\n\n" if presented.status else ""
        return status + self.notices(presented.notices, presented.content_note)

    def notices(self, notices: Sequence[Notice], content_note: str) -> str:
        """Return what to know before the text."""
        made = "".join(f"#warning({literal(one.title)}, {content(self._notice(one))})\n\n" for one in notices)
        return made + (f'#strong("Content note:"){text(f" {content_note}")}\n\n' if content_note else "")

    def _notice(self, notice: Notice) -> str:
        instead = f"\n\n{text('Read instead: ')}{self._link(notice.instead)}" if notice.instead else ""
        return self.line(notice.text) + instead

    def _block(self, block: Block) -> str:
        inner = self._writers()[block.shape](block)
        return inner if block.shape in HEADLESS else self.heading(block.title) + inner

    def _writers(self) -> Mapping[str, Callable[[Block], str]]:
        return {
            "facts": self._facts,
            "privacy": self._privacy,
            "section": self._section,
            "lead": self._lead,
            "list": self._list,
            "questions": self._list,
            "pairs": self._pairs,
            "steps": self._steps,
            "reach": self._reach,
            "sources": self._sources,
            "handout": self._handout,
        }

    def heading(self, words: str) -> str:
        """Return a heading of a part."""
        return f"\n#heading(level: {self.level}, outlined: false, {content(text(words))})\n\n"

    def line(self, words: str) -> str:
        """Return one contributed line."""
        return Prose(self.reach).inline(line_tokens(words))

    def prose(self, words: str) -> str:
        """Return contributed text."""
        return Prose(self.reach).blocks(prose_tokens(words))

    def facts(self, facts: Sequence[Fact]) -> str:
        """Return facts side by side, the long ones across."""
        cells: list[str] = []
        narrow = 0
        for fact in facts:
            if fact.is_wide:
                cells += ["[]"] * (-narrow % self.columns)
                narrow = 0
            else:
                narrow += 1
            cell = f"fact({literal(fact.label)}, {content(self._value(fact))})"
            cells.append(f"wide({self.columns}, {cell})" if fact.is_wide else cell)
        return f"#facts({self.columns}, {', '.join(cells)})\n\n" if cells else ""

    def _value(self, fact: Fact) -> str:
        if fact.links:
            return ", ".join(self._link(link) for link in fact.links)
        return text(fact.text) if fact.date or fact.is_unset else self.line(fact.text)

    def _facts(self, block: Block) -> str:
        return self.facts(block.facts)

    def _privacy(self, block: Block) -> str:
        inner = "".join(f"#strong({literal(f'{fact.label}.')}) {self._value(fact)}\n\n" for fact in block.facts)
        return f"#warning({literal(block.title)}, {content(inner)})\n\n"

    def _section(self, block: Block) -> str:
        return self.prose(block.text)

    def _lead(self, block: Block) -> str:
        return f"#lead-note({content(self.prose(block.text))})\n\n"

    def _list(self, block: Block) -> str:
        return f"#list({', '.join(content(self.line(item)) for item in block.items)})\n\n"

    def _pairs(self, block: Block) -> str:
        return "".join(
            f"#pair({content(self.line(pair.head))}, {content(self.line(pair.text))})\n\n" for pair in block.pairs
        )

    def _steps(self, block: Block) -> str:
        minutes = array(str(step.minutes) for step in block.steps)
        return f"#ruler({minutes})\n\n" + "".join(
            self._step(step, number) for number, step in enumerate(block.steps, 1)
        )

    def _step(self, step: Step, number: int) -> str:
        head = f"#heading(level: {self.level + 1}, outlined: false, {content(text(f'{number}. {step.title}'))})"
        lead = ""
        if step.lead and "lead" not in self.leaves_out:
            lead = f'#lead-note[#strong("To lead.") {self.prose(step.lead)}]\n\n'
        unit = "minute" if step.minutes == 1 else "minutes"
        words = content(self.prose(step.text) + lead)
        return f"#step({literal(str(step.minutes))}, {literal(unit)}, {content(head)}, {words})\n\n"

    def _reach(self, block: Block) -> str:
        return f"#list({', '.join(content(self._link(link)) for link in block.links)})\n\n"

    def _sources(self, block: Block) -> str:
        return f"#enum({', '.join(content(self._source(source)) for source in block.sources)})\n\n"

    def _source(self, source: Source) -> str:
        published = dates.in_words(source.published) if source.published else ""
        facts = ", ".join(fact for fact in (source.creator, source.publisher, published) if fact)
        licence = f"License: {source.licence}" if source.licence else ""
        told = ". ".join(fact for fact in (facts, licence) if fact)
        made = self._link(source.link) if source.link else f"#emph({literal(source.title)});"
        if told:
            made += f" #linebreak();{text(told)}"
        if source.is_part:
            made += f" #small[{text('Read in part.')}]"
        if source.supports:
            made += f" #linebreak();#small[{text('For: ')}{self.line(source.supports)}]"
        return made

    def _link(self, link: Link) -> str:
        line = Reach(self.reach.inside, self.reach.site_address, "out-line")
        made = line.link(link.url, text(link.label))
        if not link.is_secure:
            made += text(" (not encrypted)")
        if link.archived_url:
            words = "Archived copy" + (f", {dates.in_words(link.archived_on)}" if link.archived_on else "")
            made += f" #linebreak();{line.link(link.archived_url, text(words))}"
        if link.dead_on:
            made += text(f" (leads nowhere; found {dates.in_words(link.dead_on)})")
        return made

    def _handout(self, block: Block) -> str:
        return f"#enum({', '.join(content(self.line(prompt.prompt)) for prompt in block.prompts)})\n\n"

    def imprint(self, facts: Sequence[Fact]) -> str:
        """Return dates, credit and license in one line."""
        told = " · ".join(f"{fact.label}: {fact.text}" for fact in facts)
        return f"#block(above: 1em, small({literal(told)}))\n\n"

    def card(self, entry: Entry) -> str:
        """Return an entry as a card, with its page where the document holds it."""
        facts = " · ".join(f"{fact.label}: {fact.text}" for fact in card_of(entry, self.today))
        title = self.reach.link(entry.address, text(entry.title))
        parts = (content(title), content(self.line(entry.summary)), literal(facts))
        return f"#entry-card({literal(entry.kind.singular)}, {', '.join(parts)})\n\n"


HEADLESS = frozenset({"facts", "privacy"})
