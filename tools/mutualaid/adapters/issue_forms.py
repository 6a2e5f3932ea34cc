"""The folder `.github/ISSUE_TEMPLATE/`: GitHub's issue forms and the page that offers them.

Source: GitHub Docs, "Syntax for issue forms", "Syntax for GitHub's form schema", "Configuring the template chooser".
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from mutualaid.adapters.yaml import write_yaml
from mutualaid.core.content.conditional_blocks import as_set_up
from mutualaid.core.forms.model import Form, FormField

FOLDER = Path(".github/ISSUE_TEMPLATE")
HEAD = "# Written by `mutualaid forms` from schemas/ and content/host.yaml. Change those, and run it again.\n"

Host = Mapping[str, str]


def form_texts(forms: Iterable[Form], chooser: Iterable[Mapping[str, str]], host: Host) -> dict[str, str]:
    files = {f"{form.name}.yml": _issue_form(form, host) for form in forms}
    files["config.yml"] = _template_chooser(chooser, host)
    return {(FOLDER / name).as_posix(): HEAD + write_yaml(value) for name, value in files.items()}


def _issue_form(form: Form, host: Host) -> dict[str, Any]:
    notice = {"type": "markdown", "attributes": {"value": _notice(form, host)}}
    boxes = [form.consent_block] if form.consents else []
    return {
        "name": form.title,
        "description": form.description,
        "title": form.issue_title,
        "labels": [f"kind: {form.name}"],
        "body": [notice, *map(_element, (*form.short, *boxes))],
    }


def _template_chooser(chooser: Iterable[Mapping[str, str]], host: Host) -> dict[str, Any]:
    settings: dict[str, Any] = {"blank_issues_enabled": False}
    if host["site_address"]:
        settings["contact_links"] = [
            {"name": link["name"], "url": host["site_address"] + link["address"], "about": link["about"]}
            for link in chooser
        ]
    return settings


def write_texts(root: Path, texts: Mapping[str, str], *, writes: bool) -> tuple[str, ...]:
    """Write the files that differ from `texts`, and return their names.

    Without `writes` all stay as they are, and forms made by nobody are named, too.
    """
    forms = () if writes else (file.relative_to(root).as_posix() for file in (root / FOLDER).glob("*"))
    files = {name: root / name for name in (*forms, *texts)}
    wanted = {name: text.encode() for name, text in texts.items()}
    odd = sorted(name for name, file in files.items() if not file.is_file() or file.read_bytes() != wanted.get(name))
    for name in odd if writes else ():
        files[name].parent.mkdir(parents=True, exist_ok=True)
        files[name].write_bytes(wanted[name])
    return tuple(odd)


def _notice(form: Form, host: Host) -> str:
    ways = [way for way in (host["private_contact"], host["post"]) if way]
    words = as_set_up(f"{form.notice}\n", host).replace("{ways}", ", or by post to ".join(ways))
    site = host["site_address"]
    linked = rf"[\1]({site}\2)" if site else r"“\1” (the site's page \2)"
    return re.sub(r"\[([^\]]+)\]\(page:(/[^)]*)\)", linked, re.sub(r"\n{3,}", "\n\n", words).strip())


def _element(asked: FormField) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": asked.label, "description": asked.help}
    if asked.element == "dropdown":
        if asked.multiple:
            attributes["multiple"] = True
        attributes["options"] = [label for _, label in asked.options]
    if asked.element == "checkboxes":
        attributes["options"] = [{"label": sentence, "required": True} for sentence, _ in asked.options]
    if asked.element == "textarea":
        attributes["render"] = "text"  # GitHub then takes the text as it is, and refuses attachments.
    element: dict[str, Any] = {"type": asked.element, "id": asked.id, "attributes": attributes}
    return {**element, "validations": {"required": True}} if asked.required else element
