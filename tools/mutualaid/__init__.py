"""Builds the site Mutual Aid at Work and takes in what people offer for it. This is the map of the code.

    cli/              commands: arguments in, an exit status out; the only place that prints and reads the clock
    core/entries/     kinds, entries, collections, checks, messages, citations
    core/forms/       forms, and what people type into them, turned into entries and back
    core/pipeline/    what the bot does about a submission: situation, decision, actions, replies
    core/content/     pages that people write: reading paths, drawings, conditional blocks, reading grade
    core/upkeep/      review lists, links that leave the site, how the repository is set up
    text/             Markdown to HTML, and that to XHTML and Typst; addresses on the site
    adapters/         the world, one file a neighbor: YAML, folders, git, mail, Typst, Pelican
    adapters/github/  GitHub over its REST interface
    flows/            where adapters and core meet: read, decide, act
    downloads/        files to download, what they hold, and those made before: PDF, e-books, documents
    site/             the Pelican plugin: entries and pages in, the whole site out
    site/pages/       the pages of the site, one module a page or kind of page
    rehearsal/        the way from a form to the page and away again, behind a fake GitHub or on the real one

The fake GitHub is `fake_github`, a package of its own beside this one; it knows nothing of us.

Arrows: a folder may import itself, `errors`, and what is named at the right of it. Nothing else, and never in a circle.

    core/forms, core/pipeline, core/content → core/entries
    core/upkeep → core/entries, core/pipeline, core/content
    text, adapters → core
    flows → adapters, core
    downloads → text, adapters, core, flows/load_*
    site → downloads, text, adapters, core, flows/load_*
    rehearsal → fake_github, flows, adapters, core
    cli → site, downloads, rehearsal, flows, adapters, core

From a form body to its page: `flows/read_offer` takes it in; `core/forms/answers` reads the answers,
`core/forms/to_entry` shapes the entry, with `core/forms/proposals` for what nobody typed, `adapters/yaml` writes its
text, `core/entries/checks` checks it, and `core/forms/reword` puts problems in the form's words. The outcome is Ready
or NeedsFix (`core/pipeline/situation`). Once merged, `flows/load_entries` loads the file, `core/entries/collection`
puts the entry in its list, `core/entries/presentation` decides what is shown of it, `site/pages/entry` makes the pages,
and `site/renderer` fills the templates.

From a situation to its actions: `flows/gather` asks GitHub what is true of a submission. `core/pipeline/decide` takes
the first of its STEPS that has an answer, from what `core/pipeline/context` and `core/pipeline/merge_rule` make of it,
with words by `core/pipeline/replies`. The Decision holds `core/pipeline/actions`, which `flows/reconcile` hands to
`adapters/github/write`.
"""
