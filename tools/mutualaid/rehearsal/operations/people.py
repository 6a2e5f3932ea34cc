"""Accounts, collaborators, and how much may still be asked."""

from typing import Any

from mutualaid.rehearsal.exchange import Answer, Call, Deed, found, page
from mutualaid.rehearsal.rules import access, limits
from mutualaid.rehearsal.rules.rule import Refusal
from mutualaid.rehearsal.shapes.people import moment, role_flags, user
from mutualaid.rehearsal.world import World

_UNKNOWN = ("name", "company", "location", "email", "hireable", "bio")
_COUNTS = ("public_repos", "public_gists", "followers", "following")


def _known(call: Call, login: str) -> str:
    return found(login if login in call.world.accounts and login not in call.world.gone_accounts else None)


def _collaborator(world: World, login: str) -> dict[str, Any]:
    role = world.role(login)
    return {**user(world, login), "permissions": role_flags(role), "role_name": role}


def _permission(call: Call) -> Answer:
    login = _known(call, call.path["username"])
    role = call.world.role(login)
    permission = access.permissions_are_four_words(call.world, role)
    return Answer(200, {"permission": permission, "role_name": role, "user": _collaborator(call.world, login)})


def _list_collaborators(call: Call) -> Answer:
    world = call.world
    shown = [login for login in world.accounts if access.only_collaborators_are_listed(world, login)]
    return page(call, shown, lambda login: _collaborator(world, login))


def _is_collaborator(call: Call) -> Answer:
    if not access.only_collaborators_are_listed(call.world, _known(call, call.path["username"])):
        raise Refusal(404, "Not Found")
    return Answer(204)


def _public(world: World, login: str) -> dict[str, Any]:
    at = moment(world.clock)
    rest = {**dict.fromkeys(_UNKNOWN), **dict.fromkeys(_COUNTS, 0), "blog": "", "created_at": at, "updated_at": at}
    return {**user(world, login), **rest}


def _me(call: Call) -> Answer:
    access.nobody_may_write(call.world, call.actor, is_write=True)
    return Answer(200, _public(call.world, call.actor.name))


def _somebody(call: Call) -> Answer:
    return Answer(200, _public(call.world, _known(call, call.path["username"])))


def _rate_limit(call: Call) -> Answer:
    allowed, asked = limits.allowance(call.actor), limits.asked_this_hour(call.world, call.actor)
    reset = int(call.world.clock.timestamp()) + 3600
    core = {"limit": allowed, "used": asked, "remaining": max(allowed - asked, 0), "reset": reset}
    search = {"limit": 30, "used": 0, "remaining": 30, "reset": reset}
    return Answer(200, {"resources": {"core": core, "search": search}, "rate": core})


DEEDS = {
    "repos/get-collaborator-permission-level": Deed(_permission, "metadata", "read", "write"),
    "repos/list-collaborators": Deed(_list_collaborators, "metadata", "read", "write"),
    "repos/check-collaborator": Deed(_is_collaborator, "metadata", "read", "write"),
    "users/get-authenticated": Deed(_me, "account of a person"),
    "users/get-by-username": Deed(_somebody),
    "rate-limit/get": Deed(_rate_limit),
}
