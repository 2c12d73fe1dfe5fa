"""Roles: what an entity is for, guessed from what is known of it, with a confidence and a reason."""

from __future__ import annotations

from .guess import SURE, EntityFacts, Guess, guess, likely
from .table import HOME_ROLES, PERSONAL_ROLES, ROLES, Role, RoleSpec, served

__all__ = [
    "HOME_ROLES",
    "PERSONAL_ROLES",
    "ROLES",
    "SURE",
    "EntityFacts",
    "Guess",
    "Role",
    "RoleSpec",
    "guess",
    "likely",
    "served",
]
