"""Cuts `github-openapi.json` from GitHub's own description.

Run by hand when an operation is added or GitHub changes:

    npm install @octokit/openapi
    python -m mutualaid.rehearsal.slice node_modules/@octokit/openapi

Kept of each operation: its address, query, body, answers by status, and whether it notifies people. Left out: words
and examples. `nullable` becomes JSON Schema's type `null`, so that a validator can read the cut as it is, and `oneOf`
becomes `anyOf`, because GitHub's alternatives overlap. Of webhook events the outer layer is kept; the things inside it
are held to the shape that the REST answers give them.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mutualaid.errors import BrokenHouse, Misuse

SLICE = Path(__file__).with_name("github-openapi.json")
OPERATIONS = (
    *(f"issues/{name}" for name in ("list-for-repo", "create", "get", "update", "lock", "unlock")),
    *(f"issues/{name}" for name in ("list-comments", "list-comments-for-repo", "create-comment", "get-comment")),
    *(f"issues/{name}" for name in ("update-comment", "delete-comment", "list-labels-for-repo", "create-label")),
    *(f"issues/{name}" for name in ("get-label", "update-label", "delete-label", "list-labels-on-issue")),
    *(f"issues/{name}" for name in ("add-labels", "set-labels", "remove-label", "remove-all-labels")),
    *(f"git/{name}" for name in ("create-blob", "get-blob", "create-tree", "get-tree", "create-commit", "get-commit")),
    *(f"git/{name}" for name in ("get-ref", "list-matching-refs", "create-ref", "update-ref", "delete-ref")),
    *(f"repos/{name}" for name in ("get-content", "create-or-update-file-contents", "delete-file")),
    *(f"repos/{name}" for name in ("get-commit", "list-commits", "compare-commits", "list-branches", "get-branch")),
    *(f"pulls/{name}" for name in ("list", "create", "get", "update", "list-files", "list-commits", "merge")),
    *(f"pulls/{name}" for name in ("check-if-merged", "update-branch", "list-reviews", "create-review")),
    *(f"pulls/{name}" for name in ("get-review", "dismiss-review")),
    *(f"repos/{name}" for name in ("create-commit-status", "list-commit-statuses-for-ref")),
    "repos/get-combined-status-for-ref",
    *(f"checks/{name}" for name in ("create", "get", "update", "list-for-ref")),
    *(f"repos/{name}" for name in ("get-collaborator-permission-level", "list-collaborators", "check-collaborator")),
    *(f"actions/{name}" for name in ("create-workflow-dispatch", "get-workflow", "list-repo-workflows")),
    "actions/enable-workflow",
    *(f"actions/{name}" for name in ("list-workflow-runs", "get-github-actions-permissions-repository")),
    "actions/get-github-actions-default-workflow-permissions-repository",
    *(f"repos/{name}" for name in ("get", "get-branch-protection", "get-branch-rules", "get-pages")),
    *(f"repos/{name}" for name in ("get-environment", "list-deployment-branch-policies")),
    *("rate-limit/get", "users/get-authenticated", "users/get-by-username"),
)
EVENTS = (
    *(f"issues-{action}" for action in ("opened", "edited", "closed", "reopened", "labeled", "unlabeled", "deleted")),
    *(f"issue-comment-{action}" for action in ("created", "edited", "deleted")),
    *(f"pull-request-{action}" for action in ("opened", "synchronize", "edited", "closed", "reopened")),
    *(f"pull-request-review-{action}" for action in ("submitted", "dismissed")),
    *("push", "workflow-dispatch"),
)
INSIDE_EVENTS = {
    "issue": "issue",
    "comment": "issue-comment",
    "pull_request": "pull-request",
    "repository": "full-repository",
    "sender": "simple-user",
}
INSIDE_REVIEWS = {"pull_request": "pull-request-simple", "review": "pull-request-review"}
KEPT = {
    *("type", "required", "properties", "items", "enum", "oneOf", "anyOf", "allOf", "additionalProperties", "$ref"),
    *("format", "pattern", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "maxProperties"),
}
FORMATS = {"date-time", "uri"}
COMPONENTS = "#/components/schemas/"


def cut(source: Path) -> dict[str, Any]:
    """Cut the operations in use, with every schema they lead to, from a folder of the npm package @octokit/openapi."""
    described = json.loads((source / "generated" / "api.github.com.json").read_text(encoding="utf-8"))
    version = json.loads((source / "package.json").read_text(encoding="utf-8"))["version"]
    by_name = {one["operationId"]: (address, method, one) for address, method, one in _described(described)}
    missing = [name for name in OPERATIONS if name not in by_name]
    if missing:
        raise BrokenHouse(f"GitHub's description no longer has {', '.join(missing)}. Mend OPERATIONS in slice.py.")
    cutter = _Cutter(described)
    operations = {name: cutter.operation(*by_name[name]) for name in sorted(OPERATIONS)}
    events = {name: cutter.event(name, described["x-webhooks"][name]["post"]) for name in sorted(EVENTS)}
    return {
        "source": f"npm @octokit/openapi {version}, generated/api.github.com.json",
        "licence": (source / "LICENSE").read_text(encoding="utf-8"),
        "version": version,
        "operations": operations,
        "events": events,
        "schemas": cutter.schemas(),
    }


def written(slice_: Mapping[str, Any]) -> str:
    """Write a cut with one line for each operation, event and schema, so that a difference can be read."""
    parts = []
    for key, value in slice_.items():
        if isinstance(value, str):
            parts.append(f"{json.dumps(key)}: {json.dumps(value)}")
            continue
        lines = ",\n".join(f"{json.dumps(name)}: {_compact(one)}" for name, one in value.items())
        parts.append(f"{json.dumps(key)}: {{\n{lines}\n}}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _described(described: Mapping[str, Any]) -> list[tuple[str, str, Any]]:
    return [(address, method, one) for address, each in described["paths"].items() for method, one in each.items()]


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


class _Cutter:
    """Cuts parts of one description and remembers which schemas they name."""

    def __init__(self, described: Mapping[str, Any]) -> None:
        self._described = described
        self._named: set[str] = set()

    def operation(self, address: str, method: str, whole: Mapping[str, Any]) -> dict[str, Any]:
        body = self._whole(whole.get("requestBody", {}))
        kept: dict[str, Any] = {"method": method.upper(), "address": address}
        kept["documentation"] = whole["externalDocs"]["url"]
        if whole["x-github"].get("triggersNotification"):
            kept["notifies"] = True
        parameters = [self._whole(each) for each in whole.get("parameters", ())]
        kept["query"] = {each["name"]: self.schema(each["schema"]) for each in parameters if each["in"] == "query"}
        if body:
            kept["body"] = self.schema(_json_schema(body))
            kept["body_required"] = body.get("required", False)
        answers = {status: self._whole(each) for status, each in whole["responses"].items()}
        kept["answers"] = {status: self._answer(each) for status, each in answers.items()}
        return kept

    def event(self, name: str, whole: Mapping[str, Any]) -> dict[str, Any]:
        outer = self._whole(whole["requestBody"]["content"]["application/json"]["schema"])
        is_edit = outer["properties"].get("action", {}).get("enum") == ["edited"]
        kept = {"action", "changes"} if is_edit else {"action"}
        inside = {**INSIDE_EVENTS, **(INSIDE_REVIEWS if name.startswith("pull-request-review") else {})}
        properties = {
            key: self._reference(inside[key]) if key in inside else self._event_part(key, part, kept)
            for key, part in outer["properties"].items()
        }
        return {"type": "object", "required": outer["required"], "properties": properties}

    def schemas(self) -> dict[str, Any]:
        """Return every schema named so far, and those that these name."""
        found: dict[str, Any] = {}
        while waiting := sorted(self._named - found.keys()):
            for name in waiting:
                found[name] = self.schema(self._described["components"]["schemas"][name])
        return dict(sorted(found.items()))

    def schema(self, whole: Any) -> Any:
        """Keep of a schema what a validator reads."""
        if not isinstance(whole, Mapping):
            return whole
        if "$ref" in whole:
            return self._reference(whole["$ref"].removeprefix(COMPONENTS))
        kept = {key: self._kept(key, value) for key, value in whole.items() if key in KEPT}
        if "oneOf" in kept:
            kept["anyOf"] = kept.pop("oneOf")
        if kept.get("format") not in FORMATS:
            kept.pop("format", None)
        return _or_null(kept) if whole.get("nullable") else kept

    def _kept(self, key: str, value: Any) -> Any:
        if key == "properties":
            return {name: self.schema(each) for name, each in value.items()}
        if key in {"oneOf", "anyOf", "allOf"}:
            return [self.schema(each) for each in value]
        return self.schema(value) if key in {"items", "additionalProperties"} else value

    def _reference(self, name: str) -> dict[str, Any]:
        """Name a schema; `nullable-x` that differs from x in nothing else becomes x or null."""
        plain = name.removeprefix("nullable-")
        schemas = self._described["components"]["schemas"]
        if plain != name and _same(schemas.get(plain), schemas[name]):
            return {"anyOf": [self._reference(plain), {"type": "null"}]}
        self._named.add(name)
        return {"$ref": f"#/schemas/{name}"}

    def _answer(self, answer: Mapping[str, Any]) -> Any:
        schema = _json_schema(answer)
        return None if schema is None else self.schema(schema)

    def _event_part(self, name: str, part: Any, kept: set[str]) -> Any:
        return self.schema(self._whole(part)) if name in kept else {}

    def _whole(self, part: Mapping[str, Any]) -> Any:
        if "$ref" not in part:
            return part
        found: Any = self._described
        for step in part["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return found


def _json_schema(part: Mapping[str, Any]) -> Any:
    content: Mapping[str, Any] = part.get("content", {})
    return content["application/json"]["schema"] if "application/json" in content else None


def _same(plain: Any, nullable: Mapping[str, Any]) -> bool:
    ignored = {"nullable", "description", "title", "example"}
    return bool(plain) and {key: value for key, value in plain.items() if key not in ignored} == {
        key: value for key, value in nullable.items() if key not in ignored
    }


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    if isinstance(schema.get("type"), str) and not schema.keys() & {"oneOf", "anyOf", "allOf"}:
        enum = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
        return {**schema, "type": [schema["type"], "null"], **enum}
    return {"anyOf": [schema, {"type": "null"}]}


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004
        raise Misuse("Name the folder of the npm package @octokit/openapi, as the top of slice.py shows.")
    SLICE.write_text(written(cut(Path(sys.argv[1]))), encoding="utf-8")
