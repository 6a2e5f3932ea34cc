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
CHOOSER = "config.yml"
CONSENTS_ID = "consents"
HEAD = "# Written by `mutualaid forms` from schemas/ and content/host.yaml. Change those, and run it again.\n"
_PAGE_LINK = re.compile(r"\[([^\]]+)\]\(page:(/[^)]*)\)")

Host = Mapping[str, str]


def form_texts(forms: Iterable[Form], chooser: Iterable[Mapping[str, str]], host: Host) -> dict[str, str]:
    """Return the text of each file of the folder by its name."""
    files = {f"{form.name}.yml": issue_form(form, host) for form in forms}
    files[CHOOSER] = template_chooser(chooser, host)
    return {name: HEAD + write_yaml(value) for name, value in files.items()}


def issue_form(form: Form, host: Host) -> dict[str, Any]:
    """Return a form in GitHub's own syntax; its first element is the notice."""
    body = [{"type": "markdown", "attributes": {"value": _notice(form, host)}}, *map(_element, form.short)]
    if form.consents:
        body.append(_boxes(form))
    return {
        "name": form.title,
        "description": form.description,
        "title": form.issue_title,
        "labels": [f"kind: {form.name}"],
        "body": body,
    }


def template_chooser(chooser: Iterable[Mapping[str, str]], host: Host) -> dict[str, Any]:
    """Return the settings of the page that offers the forms: no blank issues, and links to the site."""
    settings: dict[str, Any] = {"blank_issues_enabled": False}
    if host["site_address"]:
        settings["contact_links"] = [
            {"name": link["name"], "url": host["site_address"] + link["address"], "about": link["about"]}
            for link in chooser
        ]
    return settings


def differences(root: Path, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the files below `root` that are not what `texts` says: changed, missing, or made by nobody."""
    folder = root / FOLDER
    found = {file.name: file.read_bytes() for file in folder.glob("*") if file.is_file()} if folder.is_dir() else {}
    wanted = {name: text.encode() for name, text in texts.items()}
    names = sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))
    return tuple((FOLDER / name).as_posix() for name in names)


def write_texts(root: Path, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Write the files that differ, and return their names."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    written = [name for name in differences(root, texts) if Path(name).name in texts]
    for name in written:
        (root / name).write_bytes(texts[Path(name).name].encode())
    return tuple(written)


def _notice(form: Form, host: Host) -> str:
    ways = [way for way in (host["private_contact"], host["post"]) if way]
    words = as_set_up(f"{form.notice}\n", host).replace("{ways}", ", or by post to ".join(ways))
    words = re.sub(r"\n{3,}", "\n\n", words).strip()
    return _PAGE_LINK.sub(lambda link: _linked(link[1], link[2], host), words)


def _linked(words: str, address: str, host: Host) -> str:
    site = host["site_address"]
    return f"[{words}]({site}{address})" if site else f"“{words}” (the site's page {address})"


def _element(asked: FormField) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": asked.label, "description": asked.help}
    if asked.element == "dropdown":
        if asked.multiple:
            attributes["multiple"] = True
        attributes["options"] = [label for _, label in asked.options]
    if asked.element == "textarea":
        attributes["render"] = "text"  # GitHub then takes the text as it is, and refuses attachments.
    element: dict[str, Any] = {"type": asked.element, "id": asked.id, "attributes": attributes}
    return {**element, "validations": {"required": True}} if asked.required else element


def _boxes(form: Form) -> dict[str, Any]:
    options = [{"label": sentence, "required": True} for sentence in form.consents]
    attributes = {"label": form.consent_block.label, "description": form.consent_block.help, "options": options}
    return {"type": "checkboxes", "id": CONSENTS_ID, "attributes": attributes}
